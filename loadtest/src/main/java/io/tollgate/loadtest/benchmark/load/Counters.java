package io.tollgate.loadtest.benchmark.load;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** All that a load counts, on its event loop only. */
final class Counters {
    private final Samples latency = new Samples();
    private final Samples firstByte = new Samples();
    private final long[] byKey;
    private long answered;
    private long refused;
    private long cut;
    private long stretchBegan = System.nanoTime();
    private long answeredBefore;

    Counters(int keys) {
        byKey = new long[keys];
    }

    void answered(int key, long due, long firstByteAt, long endedAt) {
        answered++;
        byKey[key]++;
        latency.add(endedAt - due);
        firstByte.add(firstByteAt - due);
    }

    void refused() {
        refused++;
    }

    void cut() {
        cut++;
    }

    void beginStretch() {
        latency.clear();
        firstByte.clear();
        answeredBefore = answered;
        stretchBegan = System.nanoTime();
    }

    Stretch stretch() {
        double seconds = (System.nanoTime() - stretchBegan) / (double) TimeUnit.SECONDS.toNanos(1);
        return new Stretch((answered - answeredBefore) / seconds, latency.copy(), firstByte.copy());
    }

    Tally tally() {
        return new Tally(answered, refused, cut, Arrays.stream(byKey).boxed().toList());
    }
}
