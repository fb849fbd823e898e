package io.tollgate.sandbox.stripe;

import java.util.Optional;
import java.util.function.Function;

/** A request as it came in; {@code query} and {@code body} are still encoded, headers are looked up in any case. */
record Incoming(String method, String path, String query, Function<String, Optional<String>> headers, String body) {
    Optional<String> header(String name) {
        return headers.apply(name);
    }
}
