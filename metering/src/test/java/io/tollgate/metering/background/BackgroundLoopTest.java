package io.tollgate.metering.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.metering.background.BackgroundLoop.Pace;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

class BackgroundLoopTest {

    private static final Pace PACE = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofSeconds(5));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();

    @AfterEach
    void stopTime() {
        time.dispose();
    }

    @Test
    void repeatsItsTurnAfterThePause() {
        BackgroundLoop loop = loop(count(), Mono.empty());

        loop.start();
        time.advanceTimeBy(Duration.ofSeconds(3));

        assertThat(turns).hasValue(4);
    }

    @Test
    void neverGoesWithoutAPause() {
        Duration second = Duration.ofSeconds(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pace(Duration.ZERO, second, second))
                .withMessageContaining("longer than nothing");
        assertThatIllegalArgumentException().isThrownBy(() -> new Pace(second, Duration.ZERO, second));
    }

    @Test
    void pausesLongerWhileTurnsFailButNeverBeyondTheLongest() {
        BackgroundLoop loop = loop(count().then(Mono.error(new IllegalStateException("down"))), Mono.empty());

        loop.start();
        time.advanceTimeBy(Duration.ofSeconds(2 + 4 + 8));
        assertThat(turns).hasValue(4);

        time.advanceTimeBy(Duration.ofSeconds(8));
        assertThat(turns).hasValue(5);
    }

    @Test
    void runsALastTurnWhenStopped() {
        AtomicInteger last = new AtomicInteger();
        BackgroundLoop loop = loop(count(), Mono.fromRunnable(last::incrementAndGet));
        loop.start();

        loop.stop(() -> stopped.set(true));
        time.advanceTimeBy(Duration.ofSeconds(60));

        assertThat(last).hasValue(1);
        assertThat(stopped).isTrue();
        assertThat(turns).hasValue(1);
    }

    @Test
    void letsTheTurnUnderWayFinishBeforeTheLastOne() {
        AtomicBoolean finished = new AtomicBoolean();
        AtomicBoolean finishedFirst = new AtomicBoolean();
        Mono<Void> slow = Mono.delay(Duration.ofSeconds(2), time)
                .doOnNext(tick -> finished.set(true))
                .then();
        BackgroundLoop loop = loop(slow, Mono.fromRunnable(() -> finishedFirst.set(finished.get())));
        loop.start();

        loop.stop(() -> stopped.set(true));
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(stopped).isFalse();
        time.advanceTimeBy(Duration.ofSeconds(1));

        assertThat(finishedFirst).isTrue();
        assertThat(stopped).isTrue();
    }

    @Test
    void doesNotLetAHangingTurnHoldUpShutdown() {
        AtomicBoolean cancelled = new AtomicBoolean();
        BackgroundLoop loop = loop(Mono.<Void>never().doOnCancel(() -> cancelled.set(true)), Mono.never());
        loop.start();

        loop.stop(() -> stopped.set(true));
        time.advanceTimeBy(Duration.ofSeconds(10));

        assertThat(cancelled).isTrue();
        assertThat(stopped).isTrue();
    }

    @Test
    void stopsAfterTheWebServer() {
        int webServer = SmartLifecycle.DEFAULT_PHASE - 2_048; // as Spring Boot has it

        assertThat(loop(count(), Mono.empty()).getPhase()).isLessThan(webServer);
    }

    private Mono<Void> count() {
        return Mono.fromRunnable(turns::incrementAndGet);
    }

    private BackgroundLoop loop(Mono<Void> turn, Mono<Void> lastTurn) {
        return new BackgroundLoop("a test", PACE, turn, lastTurn, time);
    }

    @Test
    void countsATurnWhenItIsOver() {
        Sinks.Empty<Void> work = Sinks.empty();
        BackgroundLoop loop = loop(work.asMono(), Mono.empty());

        loop.start();
        assertThat(loop.turns()).isZero();
        work.tryEmitEmpty();

        assertThat(loop.turns()).isEqualTo(1);
    }

    @Test
    void tellsOperatorsHowItGoes() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        AtomicBoolean down = new AtomicBoolean();
        BackgroundLoop loop = loop(
                Mono.defer(() -> down.get() ? Mono.error(new IllegalStateException("down")) : Mono.empty()),
                Mono.empty());
        LoopMeters.register(loop, meters);

        loop.start();
        time.advanceTimeBy(Duration.ofSeconds(1));
        down.set(true);
        time.advanceTimeBy(Duration.ofSeconds(3));

        assertThat(meters.get("tollgate.loop.turns").functionCounter().count()).isEqualTo(4);
        assertThat(meters.get("tollgate.loop.failures").functionCounter().count())
                .isEqualTo(2);
        assertThat(meters.get("tollgate.loop.success.age").timeGauge().value(TimeUnit.SECONDS))
                .isEqualTo(3);
    }
}
