package io.tollgate.billing.catalog;

import io.tollgate.metering.ledger.Money;

/** Amounts a buyer may choose freely: from minimum to maximum, in steps counted from the minimum. */
public record CustomAmount(Bounds bounds, PriceCurve curve) {

    /** The bounds in minor units of the currency; what a refusal tells the buyer. */
    public record Bounds(String currency, long minimumMinor, long maximumMinor, long stepMinor) {
        public Bounds {
            new Money(minimumMinor, currency);
            if (minimumMinor < 1 || maximumMinor < minimumMinor || maximumMinor > Catalog.MINOR_MAX) {
                throw new IllegalArgumentException("the custom amount needs 1 <= minimum <= maximum <= "
                        + Catalog.MINOR_MAX + ", not " + minimumMinor + " and " + maximumMinor);
            }
            if (stepMinor < 1) {
                throw new IllegalArgumentException("the custom amount needs a step of at least 1, not " + stepMinor);
            }
        }

        public boolean allow(long minor) {
            return minor >= minimumMinor && minor <= maximumMinor && (minor - minimumMinor) % stepMinor == 0;
        }
    }

    public CustomAmount {
        // Worth is monotone: if the maximum fits into an amount of credit, everything below it does.
        curve.creditsFor(bounds.maximumMinor());
    }

    public String currency() {
        return bounds.currency();
    }
}
