package io.tollgate.billing.catalog;

import io.tollgate.metering.credit.Credits;
import java.util.List;

/**
 * How much credit an amount of money is worth. Each tier prices the minor units above its start, as income tax does, so that
 * paying more never gives less.
 */
public record PriceCurve(List<Tier> tiers) {

    /** From {@code fromMinor} on, each further minor unit is worth {@code microsPerMinor} micro-credits. */
    public record Tier(long fromMinor, long microsPerMinor) {
        public Tier {
            if (fromMinor < 0) {
                throw new IllegalArgumentException("a tier starts at 0 or above, not at " + fromMinor);
            }
            if (microsPerMinor < 1 || microsPerMinor > Credits.MICROS_MAX) {
                throw new IllegalArgumentException("a minor unit has to be worth some credit in every tier");
            }
        }
    }

    public PriceCurve {
        tiers = List.copyOf(tiers);
        if (tiers.isEmpty() || tiers.getFirst().fromMinor() != 0) {
            throw new IllegalArgumentException("the first tier has to start at 0");
        }
        for (int i = 1; i < tiers.size(); i++) {
            if (tiers.get(i).fromMinor() <= tiers.get(i - 1).fromMinor()) {
                throw new IllegalArgumentException("tiers have to start at rising amounts");
            }
        }
    }

    public static PriceCurve flat(long microsPerMinor) {
        return new PriceCurve(List.of(new Tier(0, microsPerMinor)));
    }

    /**
     * What the amount buys.
     *
     * @throws IllegalArgumentException if that is beyond what an amount of credit can be
     */
    public Credits creditsFor(long minor) {
        long micros = 0;
        try {
            for (int i = 0; i < tiers.size(); i++) {
                Tier tier = tiers.get(i);
                long end = i + 1 < tiers.size() ? tiers.get(i + 1).fromMinor() : Long.MAX_VALUE;
                long within = Math.max(0, Math.min(minor, end) - tier.fromMinor());
                micros = Math.addExact(micros, Math.multiplyExact(within, tier.microsPerMinor()));
            }
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("more credit than an account can hold for " + minor + " minor units", e);
        }
        return Credits.ofMicros(micros);
    }
}
