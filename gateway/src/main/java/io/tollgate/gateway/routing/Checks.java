package io.tollgate.gateway.routing;

import java.time.Duration;

/** What settings have to be. */
final class Checks {

    /** What {@code Duration.toNanos} can tell, with room to spare; nobody means more. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private Checks() {}

    static void inRange(String setting, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(setting + " out of range [" + least + ", " + most + "]: " + value);
        }
    }

    static void positive(String setting, Duration value) {
        if (value.toMillis() < 1 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(setting + " out of range [1 ms, " + LONGEST.toHours() + " h]: " + value);
        }
    }

    static void notBelow(String setting, Duration value, Duration least) {
        positive(setting, value);
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(setting + " is below " + least + ": " + value);
        }
    }
}
