package io.tollgate.metering.ledger;

import java.util.Currency;
import java.util.Locale;
import java.util.Map;

/** An amount of money in the currency's minor unit, as Stripe counts it. */
public record Money(long minor, String currency) {

    /** Decimals that Stripe counts otherwise than ISO 4217. */
    private static final Map<String, Integer> STRIPES = Map.of("isk", 2, "mga", 0, "ugx", 2);

    public Money {
        if (minor < 0) {
            throw new IllegalArgumentException("money below zero: " + minor);
        }
        if (!isCurrency(currency)) {
            throw new IllegalArgumentException("currency has to be an ISO 4217 code in lower case: " + currency);
        }
    }

    /** How many digits of an amount stand behind the point, of a currency there is. */
    public static int decimals(String code) {
        int isos = Currency.getInstance(code.toUpperCase(Locale.ROOT)).getDefaultFractionDigits();
        return STRIPES.getOrDefault(code, Math.max(0, isos));
    }

    /** Whether it is the code of a currency, in lower case as Stripe has it. */
    public static boolean isCurrency(String code) {
        try {
            Currency.getInstance(code.toUpperCase(Locale.ROOT));
            return code.equals(code.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            return false;
        }
    }
}
