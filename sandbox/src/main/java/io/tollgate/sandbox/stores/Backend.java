package io.tollgate.sandbox.stores;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the servers come from. */
public enum Backend {
    /** Docker where its socket is there and a daemon answers, else the binaries. */
    AUTO,
    EMBEDDED,
    DOCKER;

    static Backend named(@Nullable String value) {
        if (value == null) {
            return AUTO;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "embedded" -> EMBEDDED;
            case "docker" -> DOCKER;
            default -> throw new IllegalArgumentException("TOLLGATE_STORES must be embedded or docker, not: " + value);
        };
    }
}
