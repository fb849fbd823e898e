package io.tollgate.billing.simulation;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * All of billing, on real stores and a simulated Stripe. {@code -Dseed=N} replays one run, {@code -Dseeds=N} draws N new ones,
 * {@code -Ddeeds=N} makes them shorter or longer.
 */
class BillingSimulationTest {

    private static final int DEEDS = Integer.getInteger("deeds", 400);
    private static final int SIDE_BY_SIDE = 2;

    /** The same in every build, so that nobody's change fails by the luck of the draw; {@code -Dseeds=N} draws new ones. */
    private static final long[] SEEDS = LongStream.rangeClosed(1, 12).toArray();

    private static LongStream seeds() {
        Long replayed = Long.getLong("seed");
        Long fresh = Long.getLong("seeds");
        if (replayed != null) {
            return LongStream.of(replayed);
        }
        return fresh == null ? LongStream.of(SEEDS) : new Random().longs(fresh);
    }

    @Test
    void whateverHappensEachPaymentGrantsOnceAndAllBooksAgree() {
        Coverage coverage = new Coverage();
        SoftAssertions runs = new SoftAssertions();
        try (ExecutorService executor = Executors.newFixedThreadPool(SIDE_BY_SIDE)) {
            List<CompletableFuture<Void>> started = seeds().mapToObj(
                            seed -> CompletableFuture.runAsync(() -> run(seed, coverage), executor))
                    .toList();
            started.forEach(run -> runs.assertThatCode(run::join).doesNotThrowAnyException());
            runs.assertAll();
            System.out.println(started.size() + " runs: " + coverage);
            coverage.assertWhole(started.size() * (long) DEEDS);
        }
    }

    private static void run(long seed, Coverage coverage) {
        System.out.println("seed " + seed);
        try (Run run = new Run(seed, coverage)) {
            run.live(DEEDS);
        }
    }
}
