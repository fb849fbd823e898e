package io.tollgate.gateway.sandbox;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Settings from outside the process: a system property wins over the environment variable of the same name. */
record Surroundings(UnaryOperator<@Nullable String> lookup) {

    static Surroundings ofThisProcess() {
        return new Surroundings(name -> System.getProperty(name, System.getenv(name)));
    }

    static Surroundings of(Map<String, String> values) {
        return new Surroundings(values::get);
    }

    @Nullable
    String get(String name) {
        String value = lookup.apply(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    String get(String name, String fallback) {
        String value = get(name);
        return value == null ? fallback : value;
    }

    int port(String name, int fallback) {
        String value = get(name);
        if (value == null) {
            return fallback;
        }
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_535) {
            throw new SandboxException(name + " must be a port, 0 for a free one: " + value);
        }
        return Integer.parseInt(value);
    }

    /** Whether any of the settings is made: under its own name or in Spring's spelling of properties. */
    boolean hasAny(String... environmentNames) {
        for (String name : environmentNames) {
            if (get(name) != null || get(name.toLowerCase(java.util.Locale.ROOT).replace('_', '.')) != null) {
                return true;
            }
        }
        return false;
    }
}
