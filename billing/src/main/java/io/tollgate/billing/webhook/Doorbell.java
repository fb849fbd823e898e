package io.tollgate.billing.webhook;

import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Tells one waiting listener that somebody was there, also if that was before it listened; how many rang is not told. */
final class Doorbell {

    private final AtomicReference<Sinks.Empty<Void>> bell = new AtomicReference<>(Sinks.empty());

    void ring() {
        bell.get().tryEmitEmpty();
    }

    /** Completes once it has rung since the last time this completed. */
    Mono<Void> rung() {
        return Mono.defer(() -> {
            Sinks.Empty<Void> present = bell.get();
            // Changed before the listener looks: whoever rings from now on may have come too late for that look.
            return present.asMono().doOnSuccess(_ -> bell.compareAndSet(present, Sinks.empty()));
        });
    }
}
