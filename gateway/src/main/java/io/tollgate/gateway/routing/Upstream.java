package io.tollgate.gateway.routing;

import java.net.URI;
import java.time.Duration;

/**
 * Where a route's calls go.
 *
 * @param endpoint the whole URI to call
 * @param credential value of the {@code Authorization} header, empty for none; never in {@link #toString()}
 */
public record Upstream(
        String name, URI endpoint, String credential, Timeouts timeouts, Account account, int connectionsPerLoop) {

    /** Whether the upstream is told which account a call is for. */
    public enum Account {
        NAMED,
        UNNAMED
    }

    /**
     * Bounds on waiting.
     *
     * @param connect until a connection stands, or a pooled one is free
     * @param firstByte from the request to the answer's head
     * @param idle between two pieces of an answer
     * @param total of the whole call
     */
    public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration total) {}

    @Override
    public String toString() {
        return "Upstream[" + name + ", " + endpoint.getScheme() + "://" + endpoint.getAuthority() + "]";
    }
}
