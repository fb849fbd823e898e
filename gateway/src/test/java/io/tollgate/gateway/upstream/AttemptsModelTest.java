package io.tollgate.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.tollgate.gateway.routing.Candidates;
import io.tollgate.gateway.routing.Candidates.OnTooManyRequests;
import io.tollgate.gateway.routing.Candidates.Weighted;
import io.tollgate.gateway.routing.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls of several threads at once, each taking a random course; whatever they did, nothing they took of an upstream is left taken. */
@Timeout(60)
class AttemptsModelTest {

    private static final int THREADS = 4;
    private static final int CALLS = 3_000;
    private static final int ROOM = 6;
    private static final int RETRIES = 3;
    private static final List<Failure> ALL = List.of(Failure.values());

    static LongStream seeds() {
        return new Random().longs(10); // fresh on every run; a failure names the seed to replay
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void givesBackWhatItTakes(long seed) throws InterruptedException, ExecutionException {
        Fixture fixture = new Fixture(
                new Candidates(
                        List.of(
                                new Weighted(Fixture.upstream("a", ROOM), 2),
                                new Weighted(Fixture.upstream("b", ROOM), 1)),
                        List.of(Fixture.upstream("c", ROOM)),
                        Fixture.retries(RETRIES),
                        OnTooManyRequests.FALL_BACK),
                bound -> bound - 1);

        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(seed + thread);
                running.add(threads.submit(() -> calls(fixture, random)));
            }
            for (Future<?> each : running) {
                each.get();
            }
        }

        for (String upstream : List.of("a", "b", "c")) {
            Guard guard = fixture.guard(upstream);
            assertThat(guard.room()).as(upstream).isEqualTo(ROOM);
            recovers(fixture, guard);
        }
    }

    private static void calls(Fixture fixture, Random random) {
        List<Attempts> open = new ArrayList<>();
        for (int call = 0; call < CALLS; call++) {
            Attempts attempts = fixture.attempts();
            course(attempts, random);
            open.add(attempts);
            if (random.nextInt(50) == 0) {
                fixture.clock.pass(Duration.ofSeconds(random.nextInt(12)));
            }
            if (open.size() > 4) {
                open.remove(random.nextInt(open.size())).end();
            }
        }
        open.forEach(Attempts::end);
        open.forEach(Attempts::end);
    }

    private static void course(Attempts attempts, Random random) {
        @Nullable Upstream at = attempts.first();
        int begun = 0;
        while (at != null) {
            begun++;
            assertThat(begun).isLessThanOrEqualTo(3 + RETRIES);
            switch (random.nextInt(8)) {
                case 0 -> at = attempts.after(ALL.get(random.nextInt(ALL.size())));
                case 1 -> at = attempts.afterStatus(500);
                case 2 -> at = attempts.afterStatus(429);
                case 3 -> {
                    attempts.end();
                    return;
                }
                default -> {
                    attempts.answered();
                    return;
                }
            }
        }
    }

    /** Were one probe's permission lost, the breaker would never leave this state again. */
    private static void recovers(Fixture fixture, Guard guard) {
        while (guard.state() == State.HALF_OPEN) {
            Guard.Entry entry = guard.enter();
            assertThat(entry).as(guard.name()).isEqualTo(Guard.Entry.PROBE);
            guard.failed(entry);
            guard.leave();
        }
        fixture.clock.pass(Fixture.OPEN_FOR.plusSeconds(1));
        for (int i = 0; i < Fixture.PROBES; i++) {
            Guard.Entry entry = guard.enter();
            assertThat(entry).as(guard.name()).isIn(Guard.Entry.PERMITTED, Guard.Entry.PROBE);
            guard.succeeded(entry);
            guard.leave();
        }
        assertThat(guard.state()).as(guard.name()).isEqualTo(State.CLOSED);
    }
}
