package io.tollgate.metering.wiring.model;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole of metering, on real stores, against a model of it. {@code -Dseed=N} replays one run, {@code -Dseeds=N} makes N runs,
 * {@code -Doperations=N} makes them shorter or longer.
 */
class MeteringModelTest {

    private static final long OPERATIONS = Long.getLong("operations", 10_000);
    private static final Coverage ALL = new Coverage();
    private static long operated;

    static LongStream seeds() {
        Long replayed = Long.getLong("seed");
        return replayed == null
                ? new Random().longs(Long.getLong("seeds", 2)) // fresh on every run; a failure names the seed
                : LongStream.of(replayed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void staysTrueWhateverHappens(long seed) {
        try (Run run = new Run(seed, ALL)) {
            run.operate(OPERATIONS);
        }
        operated += OPERATIONS;
    }

    @AfterAll
    static void everythingHasHappened() {
        System.out.println(operated + " operations: " + ALL);
        ALL.assertWhole(operated);
    }
}
