package io.tollgate.loadtest.benchmark.load;

import java.util.Arrays;

/** Times, every one of them kept. */
public final class Samples {
    private static final int FIRST_CAPACITY = 4_096;

    private long[] nanos = new long[FIRST_CAPACITY];
    private int count;

    void add(long sample) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = sample;
    }

    void clear() {
        count = 0;
    }

    Samples copy() {
        Samples copy = new Samples();
        copy.nanos = Arrays.copyOf(nanos, Math.max(1, count));
        copy.count = count;
        Arrays.sort(copy.nanos, 0, count);
        return copy;
    }

    /** In microseconds; not a number where there are none. Only of a copy. */
    public double micros(double quantile) {
        return count == 0 ? Double.NaN : nanos[(int) Math.round((count - 1) * quantile)] / 1e3;
    }
}
