package io.tollgate.metering.wiring.model;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * The whole of metering, on real stores, against a model of it. {@code -Dseed=N} replays one run, {@code -Dseeds=N} makes N runs,
 * {@code -Doperations=N} makes them shorter or longer.
 */
class MeteringModelTest {

    private static final long OPERATIONS = Long.getLong("operations", 25_000);

    /** A run mostly waits for its stores. */
    private static final int SIDE_BY_SIDE = 2;

    /** The same in every build, so that nobody's change fails by the luck of the draw; {@code -Dseeds=N} draws new ones. */
    private static final long[] SEEDS = {-4196027296877305140L, 1, 2, 3};

    private static LongStream seeds() {
        Long replayed = Long.getLong("seed");
        Long fresh = Long.getLong("seeds");
        if (replayed != null) {
            return LongStream.of(replayed);
        }
        return fresh == null ? LongStream.of(SEEDS) : new Random().longs(fresh);
    }

    @Test
    void staysTrueWhateverHappens() {
        Coverage coverage = new Coverage();
        SoftAssertions runs = new SoftAssertions();
        try (ExecutorService executor = Executors.newFixedThreadPool(SIDE_BY_SIDE)) {
            List<CompletableFuture<Void>> started = seeds().mapToObj(
                            seed -> CompletableFuture.runAsync(() -> run(seed, coverage), executor))
                    .toList();
            started.forEach(run -> runs.assertThatCode(run::join).doesNotThrowAnyException());
            runs.assertAll();
            System.out.println(started.size() * OPERATIONS + " operations: " + coverage);
            coverage.assertWhole(started.size() * OPERATIONS);
        }
    }

    private static void run(long seed, Coverage coverage) {
        System.out.println("seed " + seed);
        try (Run run = new Run(seed, coverage)) {
            run.operate(OPERATIONS);
        }
    }
}
