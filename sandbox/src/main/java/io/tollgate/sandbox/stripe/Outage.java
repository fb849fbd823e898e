package io.tollgate.sandbox.stripe;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The ways in which the API can fail its callers. */
public enum Outage {
    /** All is well. */
    NONE,
    /** The connection is closed at once. The JDK's HttpURLConnection tries once more by itself. */
    REFUSE,
    /** Nothing is done and no answer comes until the outage ends. */
    TIMEOUT_BEFORE_EFFECT,
    /** The work is done and kept under its idempotency key, but no answer comes until the outage ends. */
    TIMEOUT_AFTER_EFFECT,
    /** The request takes its idempotency key, waits until the outage ends, then proceeds: it is in flight meanwhile. */
    STALL,
    /** 429, nothing is done, nothing kept. */
    RATE_LIMIT,
    /** 500, nothing is done, nothing kept. */
    ERROR_500,
    /** 500, nothing is done, and the idempotency key replays the 500 from then on. */
    ERROR_500_SAVED;

    static Optional<Outage> named(String name) {
        return Arrays.stream(values()).filter(mode -> mode.label().equals(name)).findFirst();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
