package io.tollgate.metering.postgres;

import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The day a hold was made, in UTC, which its id of version 7 begins with: the day its usage event is filed under. */
public final class HoldDay {

    private HoldDay() {}

    /** Days since 1970-01-01. */
    public static int of(UUID hold) {
        return (int) TimeUnit.MILLISECONDS.toDays(hold.getMostSignificantBits() >>> 16);
    }

    /** Null if it is none. */
    public static @Nullable UUID parse(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
