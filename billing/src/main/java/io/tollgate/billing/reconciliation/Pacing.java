package io.tollgate.billing.reconciliation;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Mono;

/** Keeps a distance between calls to Stripe, so that whoever compares leaves Stripe's limit to those who buy. */
public final class Pacing {

    private final long gapNanos;
    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());

    public Pacing(int callsPerSecond) {
        if (callsPerSecond < 1) {
            throw new IllegalArgumentException("at least one call per second, not " + callsPerSecond);
        }
        this.gapNanos = Duration.ofSeconds(1).toNanos() / callsPerSecond;
    }

    /** The call, made when it is its turn. */
    public <T> Mono<T> paced(Mono<T> call) {
        return Mono.defer(() -> {
            long wait = nanosUntilTurn(System.nanoTime());
            return wait == 0 ? call : Mono.delay(Duration.ofNanos(wait)).then(call);
        });
    }

    private long nanosUntilTurn(long now) {
        long turn = nextNanos.getAndUpdate(next -> Math.max(next, now) + gapNanos);
        return Math.max(0, turn - now);
    }
}
