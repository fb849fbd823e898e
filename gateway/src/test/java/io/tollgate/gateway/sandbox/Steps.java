package io.tollgate.gateway.sandbox;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;

/** Says what is being done while it is being done, one line each. */
final class Steps {

    private final PrintStream out;
    private final long begun = System.nanoTime();

    Steps(PrintStream out) {
        this.out = out;
    }

    <T> T take(String what, Supplier<T> step) {
        out.print("  " + what + " … ");
        out.flush();
        long start = System.nanoTime();
        T result = step.get();
        out.printf("%.1f s%n", seconds(start));
        return result;
    }

    void note(String what) {
        out.println("  " + what);
    }

    void done() {
        out.printf("Ready after %.1f s.%n", seconds(begun));
    }

    private static double seconds(long since) {
        return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1000.0;
    }
}
