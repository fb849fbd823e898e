package io.tollgate.loadtest.benchmark.peer;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** A way from the clients to the upstream. */
public interface Peer {
    String name();

    /** What it is, with its version, for the report. */
    String description(Site site);

    /** Starts it as a process of its own; empty where there is nothing between clients and upstream. */
    List<String> command(Site site, int port, List<String> moreJvmFlags);

    default Map<String, String> environment(Site site, int port) {
        return Map.of();
    }

    /** Once it runs: makes the keys known to it, where it has to know them. */
    default void prepare(Site site, List<String> keys) {}

    /** Answers 200 to a GET with a key once the peer serves. */
    default String readyPath() {
        return "/v1/ready";
    }

    default boolean isJvm() {
        return true;
    }

    /** Whether calls cost something in Redis and Postgres too. */
    default boolean usesStores() {
        return false;
    }

    /** Where calls go, with the upstream where there is no process. */
    default URI uri(Site site, int port) {
        return URI.create(
                "http://127.0.0.1:" + (command(site, port, List.of()).isEmpty() ? site.upstreamPort() : port));
    }
}
