package io.tollgate.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.metering.account.AccountId;
import io.tollgate.metering.account.Balance;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.reservation.EndResult;
import io.tollgate.metering.reservation.Ending;
import io.tollgate.metering.reservation.HoldId;
import io.tollgate.metering.reservation.HoldRequest;
import io.tollgate.metering.reservation.HoldResult;
import io.tollgate.metering.reservation.Reservations;
import io.tollgate.metering.store.StoreUnavailableException;
import io.tollgate.metering.usage.UsageDetail;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class SettlementsTest {

    private static final Duration LONG_ENOUGH = Duration.ofHours(1);
    private static final int UNEXPECTED_RETRIES = 3;
    private static final EndResult SETTLED =
            new EndResult.Settled(Credits.of(1), Credits.ZERO, new Balance(9_000_000, 0));

    private final AccountId account = new AccountId("acme");
    private final HoldRequest hold =
            new HoldRequest(account, HoldId.bornAt(1_790_000_000_000L), Credits.of(2), Duration.ofMinutes(1));
    private final Ending.Settle settle = new Ending.Settle(
            Credits.of(1),
            Ending.Overage.DEBT,
            new UsageDetail(
                    "key",
                    "chat",
                    "model",
                    UsageDetail.Outcome.COMPLETED,
                    TokenUsage.NONE,
                    UsageDetail.CountedBy.UPSTREAM));
    private final Scripted store = new Scripted();
    private final List<HoldRequest> chargedLate = new ArrayList<>();
    private final Queue<Mono<Void>> lateAnswers = new ArrayDeque<>();
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final Settlements settlements = new Settlements(
            store,
            (late, _) -> {
                chargedLate.add(late);
                return lateAnswers.isEmpty() ? Mono.empty() : lateAnswers.remove();
            },
            new AdmissionProperties(
                    Duration.ofMinutes(1),
                    1,
                    1,
                    Duration.ofMillis(50),
                    Duration.ofSeconds(5),
                    UNEXPECTED_RETRIES,
                    Duration.ofSeconds(20),
                    2,
                    25,
                    Calls.BOUNDS.silence()),
            metrics);

    /** JUnit makes an instance for each test, and with it stops the clocks. */
    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();

    @AfterEach
    void letTheClocksRun() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void anEndIsSentUntilTheStoreIsBack() {
        store.fails(new StoreUnavailableException("away"), 500);

        settlements.end(hold, settle);
        time.advanceTimeBy(LONG_ENOUGH);

        assertThat(store.attempts).isEqualTo(501);
        assertThat(count("lost")).isZero();
        assertThat(settlements.full()).isFalse();
    }

    @Test
    void noCallIsAdmittedWhileTheBoundOfWaitingEndsIsReached() {
        store.fails(new StoreUnavailableException("away"), 1);

        settlements.end(hold, settle);

        assertThat(settlements.full()).isTrue();
    }

    @Test
    void anEndThatFailsUnexpectedlyIsSentAgain() {
        store.fails(new IllegalStateException("odd"), UNEXPECTED_RETRIES);

        settlements.end(hold, settle);
        time.advanceTimeBy(LONG_ENOUGH);

        assertThat(store.attempts).isEqualTo(UNEXPECTED_RETRIES + 1);
        assertThat(count("lost")).isZero();
    }

    @Test
    void anEndThatAlwaysFailsUnexpectedlyIsGivenUpAndCounted() {
        store.fails(new IllegalStateException("odd"), UNEXPECTED_RETRIES + 1);

        settlements.end(hold, settle);
        time.advanceTimeBy(LONG_ENOUGH);

        assertThat(count("lost")).isEqualTo(1);
        assertThat(settlements.full()).isFalse();
    }

    @Test
    void aSettleThatComesTooLateIsChargedByCommandUntilThatSucceeds() {
        store.answers(new EndResult.TooLate());
        store.answers(new EndResult.TooLate());
        lateAnswers.add(Mono.error(new StoreUnavailableException("away")));

        settlements.end(hold, settle);
        time.advanceTimeBy(LONG_ENOUGH);

        assertThat(chargedLate).containsExactly(hold, hold);
        assertThat(settlements.full()).isFalse();
    }

    @Test
    void whoWaitsForAnEndIsToldItsResult() {
        store.answers(SETTLED);

        List<EndResult> told = new ArrayList<>();
        settlements.endAndTell(hold, settle, () -> {}).subscribe(told::add);

        assertThat(told).containsExactly(SETTLED);
        assertThat(store.attempts).isEqualTo(1);
    }

    @Test
    void whoWaitsForAnEndThatFailsIsToldNothingAndTheEndGoesOn() {
        store.fails(new IllegalStateException("odd"), 1);

        List<EndResult> told = new ArrayList<>();
        settlements.endAndTell(hold, settle, () -> {}).subscribe(told::add);
        time.advanceTimeBy(LONG_ENOUGH);

        assertThat(told).isEmpty();
        assertThat(store.attempts).isEqualTo(2);
        assertThat(settlements.full()).isFalse();
    }

    private double count(String name) {
        return metrics.counter("tollgate.holds.ends." + name).count();
    }

    /** A live store that answers as told, and then as if all were well. */
    private static final class Scripted implements Reservations {

        private final Queue<Mono<EndResult>> answers = new ArrayDeque<>();
        private int attempts;

        void fails(RuntimeException failure, int times) {
            for (int i = 0; i < times; i++) {
                answers.add(Mono.error(failure));
            }
        }

        void answers(EndResult result) {
            answers.add(Mono.just(result));
        }

        @Override
        public Mono<HoldResult> hold(HoldRequest request) {
            throw new UnsupportedOperationException("no test here makes a hold");
        }

        @Override
        public Mono<EndResult> end(AccountId account, HoldId hold, Ending ending) {
            return Mono.defer(() -> {
                attempts++;
                return answers.isEmpty() ? Mono.just(SETTLED) : answers.remove();
            });
        }
    }
}
