package io.tollgate.sandbox.stores;

import org.jspecify.annotations.Nullable;

/** Settings from outside: a system property wins over the environment variable of the same name. */
final class Environment {
    private Environment() {}

    static @Nullable String get(String name) {
        String value = System.getProperty(name, System.getenv(name));
        return value == null || value.isBlank() ? null : value.strip();
    }

    static int port(String name) {
        String value = get(name);
        if (value == null) {
            return 0;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a port, 0 for a free one: " + value, e);
        }
    }
}
