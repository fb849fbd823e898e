package io.tollgate.metering.live;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import reactor.core.publisher.Mono;

/** The value a test waits for. */
public final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Await() {}

    public static <T> T value(Mono<T> mono) {
        return requireNonNull(mono.block(PATIENCE), "completed without a value");
    }

    public static void end(Mono<?> mono) {
        mono.block(PATIENCE);
    }
}
