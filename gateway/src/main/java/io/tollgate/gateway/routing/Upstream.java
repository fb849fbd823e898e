package io.tollgate.gateway.routing;

import java.net.URI;
import java.time.Duration;

/**
 * Where a route's calls go. What is bounded here is bounded for all routes together that lead to the upstream of this name.
 *
 * @param endpoint the whole URI to call
 * @param credential value of the {@code Authorization} header, empty for none; never in {@link #toString()}
 */
public record Upstream(
        String name,
        URI endpoint,
        String credential,
        Timeouts timeouts,
        Account account,
        int connectionsPerLoop,
        Breaker breaker,
        Bulkhead bulkhead) {

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

    /**
     * When an upstream is taken for ill and left alone.
     *
     * @param failurePercent of the latest calls, from which on it is
     * @param window how many are the latest calls
     * @param callsAtLeast before so many nothing is concluded
     * @param openFor how long it is left alone
     * @param probes calls that are then let through, and decide
     */
    public record Breaker(int failurePercent, int window, int callsAtLeast, Duration openFor, int probes) {}

    /**
     * How much of the gateway an upstream may take up.
     *
     * @param callsMost calls under way, streams included; a call beyond goes elsewhere or is refused at once
     */
    public record Bulkhead(int callsMost) {}

    public boolean isTls() {
        return "https".equalsIgnoreCase(endpoint.getScheme());
    }

    /** Path and query, as a request line has them. */
    public String target() {
        String query = endpoint.getRawQuery();
        return query == null ? endpoint.getRawPath() : endpoint.getRawPath() + "?" + query;
    }

    /** The one in the URI, or its scheme's own. */
    public int port() {
        return endpoint.getPort() >= 0 ? endpoint.getPort() : isTls() ? 443 : 80;
    }

    @Override
    public String toString() {
        return "Upstream[" + name + ", " + endpoint.getScheme() + "://" + endpoint.getAuthority() + "]";
    }
}
