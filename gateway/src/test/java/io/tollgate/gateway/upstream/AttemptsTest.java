package io.tollgate.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.tollgate.gateway.problem.Problem;
import io.tollgate.gateway.routing.Candidates;
import io.tollgate.gateway.routing.Candidates.OnTooManyRequests;
import io.tollgate.gateway.routing.Candidates.Weighted;
import io.tollgate.gateway.routing.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptsTest {

    private static @Nullable String name(@Nullable Upstream upstream) {
        return upstream == null ? null : upstream.name();
    }

    private static String retryAfter(Problem problem) {
        return problem.headers().stream()
                .filter(header -> header.getKey().equals("Retry-After"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    @Nested
    class Order {
        @Test
        void followsTheFallbacksEachOnce() {
            Attempts attempts = Fixture.inOrder(0, "a", "b", "c").attempts();

            assertThat(name(attempts.first())).isEqualTo("a");
            assertThat(name(attempts.after(Failure.UNREACHABLE))).isEqualTo("b");
            assertThat(attempts.pause()).isZero();
            assertThat(name(attempts.after(Failure.SLOW))).isEqualTo("c");
            assertThat(name(attempts.after(Failure.BROKEN))).isNull();
        }

        @Test
        void drawsTheFirstByWeightAndTheRestOfThemToo() {
            Random random = new Random(1);
            Fixture fixture = new Fixture(
                    new Candidates(
                            List.of(
                                    new Weighted(Fixture.upstream("a", 100), 6),
                                    new Weighted(Fixture.upstream("b", 100), 3),
                                    new Weighted(Fixture.upstream("c", 100), 1)),
                            List.of(Fixture.upstream("d", 100)),
                            Fixture.retries(0),
                            OnTooManyRequests.FALL_BACK),
                    random::nextInt);
            Map<String, Integer> first = new HashMap<>();
            Map<String, Integer> second = new HashMap<>();

            for (int i = 0; i < 10_000; i++) {
                Attempts attempts = fixture.attempts();
                String one = String.valueOf(name(attempts.first()));
                String other = String.valueOf(name(attempts.afterStatus(429)));
                first.merge(one, 1, Integer::sum);
                if (one.equals("a")) {
                    second.merge(other, 1, Integer::sum);
                }
                attempts.end();
            }

            assertThat(first.get("a")).isBetween(5_800, 6_200);
            assertThat(first.get("b")).isBetween(2_800, 3_200);
            assertThat(second.get("b")).isBetween(3 * 1_350, 3 * 1_650);
            assertThat(second).doesNotContainKeys("a", "d");
        }

        @Test
        void comesBackAsOftenAsThereAreRetriesWithLongerAndLongerPauses() {
            Attempts attempts = Fixture.inOrder(4, "a", "b").attempts();
            List<String> asked = new ArrayList<>();
            List<Duration> pauses = new ArrayList<>();

            Upstream next = attempts.first();
            while (next != null) {
                asked.add(next.name());
                pauses.add(attempts.pause());
                next = attempts.after(Failure.UNREACHABLE);
                assertThat(asked).hasSizeLessThan(100);
            }

            assertThat(asked).containsExactly("a", "b", "a", "b", "a", "b");
            assertThat(pauses.subList(0, 2)).containsOnly(Duration.ZERO);
            assertThat(pauses.get(2)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
            assertThat(pauses.get(3)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
            assertThat(pauses.get(4)).isBetween(Duration.ofMillis(150), Duration.ofMillis(300));
            assertThat(pauses.get(5)).isBetween(Duration.ofMillis(150), Duration.ofMillis(300));
        }
    }

    @Nested
    class AnAnswer {
        @ParameterizedTest
        @ValueSource(ints = {500, 502, 503, 529, 599})
        void thatSaysTheUpstreamFailedLeadsOn(int status) {
            Attempts attempts = Fixture.inOrder(0, "a", "b").attempts();
            attempts.first();

            assertThat(name(attempts.afterStatus(status))).isEqualTo("b");
            assertThat(attempts.afterStatus(status)).isNull();
        }

        @ParameterizedTest
        @ValueSource(ints = {200, 204, 301, 400, 401, 404, 422, 429})
        void ofAnyOtherStatusIsTheClients(int status) {
            Fixture fixture = Fixture.inOrder(3, "a", "b");
            Attempts attempts = fixture.attempts();
            attempts.first();

            assertThat(attempts.afterStatus(status)).isNull();
            attempts.answered();
            attempts.end();

            assertThat(fixture.guard("a").room()).isEqualTo(100);
        }

        @Test
        void takesItsPlaceUpToItsEnd() {
            Fixture fixture = Fixture.inOrder(0, "a");
            Attempts attempts = fixture.attempts();
            attempts.first();
            attempts.answered();

            assertThat(fixture.guard("a").room()).isEqualTo(99);
            attempts.end();
            attempts.end();
            assertThat(fixture.guard("a").room()).isEqualTo(100);
        }
    }

    @Nested
    class Illness {
        @ParameterizedTest
        @EnumSource(
                value = Failure.class,
                names = {"UNREACHABLE", "SLOW", "BROKEN", "FAILED"})
        void isConcludedFromFailures(Failure failure) {
            Fixture fixture = Fixture.inOrder(0, "a");

            for (int i = 0; i < Fixture.CALLS_AT_LEAST; i++) {
                Attempts attempts = fixture.attempts();
                assertThat(name(attempts.first())).isEqualTo("a");
                attempts.after(failure);
            }

            Attempts refused = fixture.attempts();
            assertThat(refused.first()).isNull();
            assertThat(refused.problem().code()).isEqualTo("upstream_ill");
            assertThat(refused.problem().status()).isEqualTo(503);
            assertThat(retryAfter(refused.problem())).isEqualTo("10");
        }

        @ParameterizedTest
        @EnumSource(
                value = Failure.class,
                names = {"LIMITED", "CROWDED"})
        void isNotConcludedFromBounds(Failure failure) {
            Fixture fixture = Fixture.inOrder(0, "a");

            for (int i = 0; i < 10 * Fixture.CALLS_AT_LEAST; i++) {
                Attempts attempts = fixture.attempts();
                assertThat(name(attempts.first())).isEqualTo("a");
                attempts.after(failure);
            }
        }

        @Test
        void isNotConcludedFromClientsThatLeave() {
            Fixture fixture = Fixture.inOrder(0, "a");

            for (int i = 0; i < 10 * Fixture.CALLS_AT_LEAST; i++) {
                Attempts attempts = fixture.attempts();
                attempts.first();
                attempts.end();
            }

            assertThat(fixture.guard("a").state()).isEqualTo(State.CLOSED);
            assertThat(fixture.guard("a").room()).isEqualTo(100);
        }

        @Test
        void leadsPastAnUpstreamWithoutAskingIt() {
            Fixture fixture = Fixture.inOrder(0, "a", "b");
            fixture.fail(Fixture.CALLS_AT_LEAST);

            assertThat(name(fixture.attempts().first())).isEqualTo("b");
        }

        @Test
        void endsWhenAllProbesAreAnswered() {
            Fixture fixture = Fixture.inOrder(0, "a");
            fixture.fail(Fixture.CALLS_AT_LEAST);
            fixture.clock.pass(Fixture.OPEN_FOR.plusMillis(1));

            List<Attempts> probes = List.of(fixture.attempts(), fixture.attempts());
            probes.forEach(probe -> assertThat(name(probe.first())).isEqualTo("a"));
            assertThat(fixture.attempts().first()).isNull();
            probes.forEach(Attempts::answered);

            assertThat(fixture.guard("a").state()).isEqualTo(State.CLOSED);
            assertThat(name(fixture.attempts().first())).isEqualTo("a");
        }

        @Test
        void goesOnWhenTheProbesFail() {
            Fixture fixture = Fixture.inOrder(0, "a");
            fixture.fail(Fixture.CALLS_AT_LEAST);
            fixture.clock.pass(Fixture.OPEN_FOR.plusMillis(1));

            fixture.fail(Fixture.PROBES);

            Attempts refused = fixture.attempts();
            assertThat(refused.first()).isNull();
            assertThat(retryAfter(refused.problem())).isEqualTo("10");
        }

        @Test
        void isProbedByAnotherWhereAProbesClientHasLeft() {
            Fixture fixture = Fixture.inOrder(0, "a");
            fixture.fail(Fixture.CALLS_AT_LEAST);
            fixture.clock.pass(Fixture.OPEN_FOR.plusMillis(1));

            for (int i = 0; i < 5 * Fixture.PROBES; i++) {
                Attempts probe = fixture.attempts();
                assertThat(name(probe.first())).isEqualTo("a");
                probe.end();
            }
        }

        @Test
        void isNotEndedByWhatBeganBeforeIt() {
            Fixture fixture = Fixture.inOrder(0, "a");
            List<Attempts> early = List.of(fixture.attempts(), fixture.attempts(), fixture.attempts());
            early.forEach(Attempts::first);
            fixture.fail(Fixture.CALLS_AT_LEAST);
            fixture.clock.pass(Fixture.OPEN_FOR.plusMillis(1));
            Attempts probe = fixture.attempts();
            probe.first();

            early.forEach(Attempts::answered);

            assertThat(fixture.guard("a").state()).isEqualTo(State.HALF_OPEN);
        }
    }

    @Nested
    class ABulkhead {
        private final Fixture fixture = new Fixture(
                new Candidates(
                        List.of(new Weighted(Fixture.upstream("a", 1), 1)),
                        List.of(Fixture.upstream("b", 1)),
                        Fixture.retries(2),
                        OnTooManyRequests.PASS_ON),
                _ -> 0);

        @Test
        void thatIsFullLeadsOn() {
            fixture.attempts().first();

            assertThat(name(fixture.attempts().first())).isEqualTo("b");
        }

        @Test
        void refusesAtOnceWhereNobodyElseHasRoom() {
            fixture.attempts().first();
            fixture.attempts().first();

            Attempts refused = fixture.attempts();
            assertThat(refused.first()).isNull();
            assertThat(refused.problem().code()).isEqualTo("upstream_overloaded");
            assertThat(refused.problem().status()).isEqualTo(503);
            assertThat(retryAfter(refused.problem())).isEqualTo("1");
        }

        @Test
        void takesNothingOfABreakerThatIsNotUsed() {
            fixture.fail(2 * Fixture.CALLS_AT_LEAST);
            fixture.clock.pass(Fixture.OPEN_FOR.plusMillis(1));
            Attempts probe = fixture.attempts();
            assertThat(name(probe.first())).isEqualTo("a");
            for (int i = 0; i < 5; i++) {
                Attempts full = fixture.attempts();
                assertThat(name(full.first())).isEqualTo("b");
                full.end();
            }
            probe.end();

            assertThat(name(fixture.attempts().first())).isEqualTo("a");
        }
    }

    @Nested
    class Metrics {
        @Test
        void countFailuresFallbacksAndRetries() {
            Fixture fixture = Fixture.inOrder(1, "a", "b");
            Attempts attempts = fixture.attempts();
            attempts.first();
            attempts.after(Failure.UNREACHABLE);
            attempts.after(Failure.SLOW);
            attempts.answered();
            attempts.end();

            assertThat(fixture.count("tollgate.upstream.failures", "a")).isEqualTo(1);
            assertThat(fixture.count("tollgate.upstream.failures", "b")).isEqualTo(1);
            assertThat(fixture.count("tollgate.upstream.fallbacks", "b")).isEqualTo(1);
            assertThat(fixture.count("tollgate.upstream.fallbacks", "a")).isZero();
            assertThat(fixture.count("tollgate.upstream.retries", "a")).isEqualTo(1);
        }

        @Test
        void tellTheBreakersStateAndTheBulkheadsRoom() {
            Fixture fixture = Fixture.inOrder(0, "a");
            fixture.attempts().first();
            fixture.fail(Fixture.CALLS_AT_LEAST);

            assertThat(fixture.metrics
                            .get("tollgate.upstream.breaker")
                            .tag("state", "open")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(fixture.metrics
                            .get("tollgate.upstream.breaker")
                            .tag("state", "closed")
                            .gauge()
                            .value())
                    .isZero();
            assertThat(fixture.metrics
                            .get("tollgate.upstream.bulkhead.available")
                            .gauge()
                            .value())
                    .isEqualTo(99);
        }
    }
}
