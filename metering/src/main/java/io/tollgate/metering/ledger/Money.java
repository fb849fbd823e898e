package io.tollgate.metering.ledger;

import java.util.Currency;
import java.util.Locale;

/** An amount of money in the currency's minor unit, as Stripe counts it. */
public record Money(long minor, String currency) {

    public Money {
        if (minor < 0) {
            throw new IllegalArgumentException("money below zero: " + minor);
        }
        if (!isCurrency(currency)) {
            throw new IllegalArgumentException("currency has to be an ISO 4217 code in lower case: " + currency);
        }
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
