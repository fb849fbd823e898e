package io.tollgate.loadtest.benchmark.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What several rounds measured: the middle one, and how far the others are from it. */
public record Spread(double lowest, double median, double highest) {
    public static final String UNKNOWN = "–";

    public static Spread of(List<Double> rounds) {
        double[] sorted = rounds.stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        double[] middle = Arrays.copyOfRange(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1);
        return new Spread(sorted[0], Arrays.stream(middle).average().orElseThrow(), sorted[sorted.length - 1]);
    }

    public static Spread one(double value) {
        return new Spread(value, value, value);
    }

    public boolean isKnown() {
        return !Double.isNaN(median);
    }

    /** A dash where nothing was measured. */
    public String text(int decimals) {
        if (!isKnown()) {
            return UNKNOWN;
        }
        String format = "%,." + decimals + "f";
        return lowest == highest
                ? middle(decimals)
                : String.format(Locale.ROOT, format + " (" + format + "–" + format + ")", median, lowest, highest);
    }

    /** The median alone. */
    public String middle(int decimals) {
        return isKnown() ? String.format(Locale.ROOT, "%,." + decimals + "f", median) : UNKNOWN;
    }
}
