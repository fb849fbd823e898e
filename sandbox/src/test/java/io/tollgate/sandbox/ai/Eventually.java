package io.tollgate.sandbox.ai;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what happens on another thread soon. */
final class Eventually {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private Eventually() {}

    static <T> T value(Supplier<Optional<T>> source) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < deadline) {
            Optional<T> value = source.get();
            if (value.isPresent()) {
                return value.get();
            }
            LockSupport.parkNanos(1_000_000);
        }
        throw new AssertionError("it did not happen");
    }
}
