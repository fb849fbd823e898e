package io.tollgate.metering.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What several rounds measured: the middle one, and how far the others are from it. */
record Spread(double lowest, double median, double highest) {

    static Spread of(List<Double> rounds) {
        double[] sorted =
                rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Spread(sorted[0], median(sorted), sorted[sorted.length - 1]);
    }

    private static double median(double[] sorted) {
        double[] middle = Arrays.copyOfRange(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1);
        return Arrays.stream(middle).average().orElseThrow();
    }

    @Override
    public String toString() {
        return median < 100
                ? String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", median, lowest, highest)
                : String.format(Locale.ROOT, "%,.0f (%,.0f-%,.0f)", median, lowest, highest);
    }
}
