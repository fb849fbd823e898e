package io.tollgate.sandbox.stripe;

import java.net.URI;
import java.time.Instant;

/**
 * One attempt to deliver an event: what the endpoint answered, or {@code status} 0 and a {@code problem} where it gave
 * no answer.
 */
public record Delivery(String event, String type, URI endpoint, int attempt, int status, String problem, Instant at) {
    public boolean accepted() {
        return status >= 200 && status < 300;
    }
}
