package io.tollgate.sandbox.stripe;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;

/** Minor units as a person reads them: 900 usd is {@code $9.00}. */
final class DisplayAmount {
    private DisplayAmount() {}

    static String of(long minorUnits, String currencyCode) {
        String code = currencyCode.toUpperCase(Locale.ROOT);
        int digits = digitsOf(code);
        String amount = String.format(Locale.ROOT, "%,." + digits + "f", BigDecimal.valueOf(minorUnits, digits));
        return switch (code) {
            case "USD" -> "$" + amount;
            case "EUR" -> "€" + amount;
            case "GBP" -> "£" + amount;
            default -> code + " " + amount;
        };
    }

    private static int digitsOf(String code) {
        try {
            return Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
        } catch (IllegalArgumentException _) {
            return 2;
        }
    }
}
