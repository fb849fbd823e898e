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

    private static LongStream seeds() {
        Long replayed = Long.getLong("seed");
        return replayed == null
                ? new Random().longs(Long.getLong("seeds", 4)) // fresh on every run; a failure names the seed
                : LongStream.of(replayed);
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
