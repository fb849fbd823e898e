package io.tollgate.metering.ledger;

import java.util.Locale;

/** An amount of money in the currency's minor unit, as Stripe counts it. */
public record Money(long minor, String currency) {

    public Money {
        if (minor < 0) {
            throw new IllegalArgumentException("money below zero: " + minor);
        }
        if (!currency.matches("[a-z]{3}")) {
            throw new IllegalArgumentException("not a lower-case ISO 4217 code: " + currency.toLowerCase(Locale.ROOT));
        }
    }
}
