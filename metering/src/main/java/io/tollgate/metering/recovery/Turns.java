package io.tollgate.metering.recovery;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Lets a bounded number through at a time; who comes beyond waits in line. */
final class Turns {

    private final Deque<MonoSink<Turns>> line = new ArrayDeque<>();
    private int free;

    Turns(int atOnce) {
        this.free = atOnce;
    }

    /** Runs the work once it is its turn. */
    <T> Mono<T> take(Mono<T> work) {
        return Mono.usingWhen(
                Mono.<Turns>create(this::enter),
                turn -> work,
                turn -> Mono.fromRunnable(this::leave),
                (turn, failure) -> Mono.fromRunnable(this::leave),
                turn -> Mono.fromRunnable(this::leave));
    }

    private void enter(MonoSink<Turns> sink) {
        if (isFree(sink)) {
            sink.success(this);
        }
    }

    private synchronized boolean isFree(MonoSink<Turns> sink) {
        if (free > 0) {
            free--;
            return true;
        }
        sink.onDispose(() -> forget(sink));
        line.add(sink);
        return false;
    }

    private void leave() {
        MonoSink<Turns> next = next();
        if (next != null) {
            next.success(this);
        }
    }

    private synchronized @Nullable MonoSink<Turns> next() {
        MonoSink<Turns> next = line.poll();
        if (next == null) {
            free++;
        }
        return next;
    }

    private synchronized void forget(MonoSink<Turns> sink) {
        line.remove(sink);
    }
}
