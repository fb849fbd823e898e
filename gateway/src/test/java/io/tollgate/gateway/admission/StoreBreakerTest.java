package io.tollgate.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.gateway.admission.AdmissionProperties.Silence;
import io.tollgate.gateway.upstream.MovableClock;
import io.tollgate.metering.reservation.HoldId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreBreakerTest {

    private static final Silence BOUNDS = new Silence(Duration.ofMillis(200), Duration.ofMillis(500));
    private static final int MANY = 50;

    private final MovableClock clock = new MovableClock();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final StoreBreaker breaker = new StoreBreaker(BOUNDS, clock, metrics);

    private void failAfter(Duration wait) {
        HoldId asked = HoldId.bornAt(clock.millis());
        clock.pass(wait);
        breaker.unavailable(asked);
    }

    private int askedUntilLeftAlone(Duration wait) {
        int asked = 0;
        while (asked < MANY && breaker.mayAsk()) {
            asked++;
            failAfter(wait);
        }
        return asked;
    }

    private double silent() {
        return metrics.get("tollgate.holds.store.silent").gauge().value();
    }

    @Test
    void aStoreThatFailsAtOnceIsAskedEveryTime() {
        assertThat(askedUntilLeftAlone(Duration.ofMillis(199))).isEqualTo(MANY);
        assertThat(silent()).isZero();
    }

    @Test
    void aStoreThatKeepsCallsWaitingIsLeftAlone() {
        assertThat(askedUntilLeftAlone(Duration.ofMillis(200))).isEqualTo(5);
        assertThat(silent()).isEqualTo(1);
    }

    @Test
    void aStoreThatAnswersItsProbesIsAskedAgain() {
        askedUntilLeftAlone(Duration.ofSeconds(2));
        clock.pass(BOUNDS.pause().plusMillis(1));

        assertThat(breaker.mayAsk()).isTrue();
        assertThat(breaker.mayAsk()).isTrue();
        assertThat(breaker.mayAsk()).isFalse();
        breaker.answered();
        breaker.answered();

        assertThat(breaker.mayAsk()).isTrue();
        assertThat(silent()).isZero();
    }

    @Test
    void aProbeThatNobodyWaitsForAnyMoreLeavesItsPlaceToAnother() {
        askedUntilLeftAlone(Duration.ofSeconds(2));
        clock.pass(BOUNDS.pause().plusMillis(1));

        for (int i = 0; i < MANY; i++) {
            assertThat(breaker.mayAsk()).isTrue();
            breaker.givenUp();
        }
    }
}
