package io.tollgate.gateway.topup;

import io.tollgate.metering.ledger.Money;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Money as people write and read it. */
public final class MoneyText {

    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}([.,][0-9]{1,3})?");

    private MoneyText() {}

    /** As on an English price tag: {@code $9.00}. */
    public static String format(Money money) {
        int decimals = Money.decimals(money.currency());
        NumberFormat format = NumberFormat.getCurrencyInstance(Locale.US);
        format.setCurrency(Currency.getInstance(money.currency().toUpperCase(Locale.ROOT)));
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        return format.format(BigDecimal.valueOf(money.minor(), decimals));
    }

    /** {@code 12.5}, {@code 12,50} or {@code 12} as minor units; empty for anything else. */
    public static OptionalLong parseMinor(String text, String currency) {
        String amount = text.strip();
        if (!AMOUNT.matcher(amount).matches()) {
            return OptionalLong.empty();
        }
        BigDecimal minor = new BigDecimal(amount.replace(',', '.')).movePointRight(Money.decimals(currency));
        boolean whole = minor.stripTrailingZeros().scale() <= 0;
        return whole ? OptionalLong.of(minor.longValueExact()) : OptionalLong.empty();
    }
}
