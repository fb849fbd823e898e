package io.tollgate.sandbox.stripe;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What goes back on the wire. */
sealed interface Reply {
    /** The connection is closed without a word. */
    record Silence() implements Reply {}

    /** A response with its headers. */
    record Answer(int status, Map<String, String> headers, String body) implements Reply {
        Answer with(String name, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(name, value);
            return new Answer(status, Map.copyOf(more), body);
        }

        byte[] bytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    static Answer json(int status, JsonNode body) {
        return new Answer(status, Map.of("Content-Type", "application/json"), body.toString());
    }

    static Answer of(ApiException failure) {
        return json(failure.status(), failure.body());
    }

    static Answer html(int status, String page) {
        return new Answer(
                status,
                Map.of(
                        "Content-Type", "text/html; charset=utf-8",
                        "Cache-Control", "no-store",
                        "Referrer-Policy", "no-referrer",
                        "X-Content-Type-Options", "nosniff",
                        "Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors"
                                        + " 'none'"),
                page);
    }

    static Answer seeOther(String location) {
        return new Answer(303, Map.of("Location", location), "");
    }
}
