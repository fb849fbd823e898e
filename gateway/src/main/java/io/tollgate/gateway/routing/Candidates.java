package io.tollgate.gateway.routing;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a route's calls may go, and how hard to try: one of the first is drawn by weight; where it fails before the client's first byte the
 * others of the first are tried, then the fallbacks in their order, each once, and after that the retries are used.
 */
public record Candidates(
        List<Weighted> first, List<Upstream> fallbacks, Retries retries, OnTooManyRequests onTooManyRequests) {

    /** So many can be told apart by the bits of one {@code long}. */
    public static final int MOST = 64;

    /** Parts of all parts that an upstream gets. */
    public record Weighted(Upstream upstream, int weight) {}

    /**
     * Of an upstream that this call has tried before.
     *
     * @param most how many, for one call
     * @param pause before the first, doubled for each that follows
     * @param pauseMost the longest pause
     */
    public record Retries(int most, Duration pause, Duration pauseMost) {}

    /** What a 429 of an upstream means, which says nothing of its health. */
    public enum OnTooManyRequests {
        /** The answer to the client. */
        PASS_ON,
        /** As any other failure it leads to the next upstream. */
        FALL_BACK
    }

    public Candidates {
        first = List.copyOf(first);
        fallbacks = List.copyOf(fallbacks);
        if (first.isEmpty() || first.size() + fallbacks.size() > MOST) {
            throw new IllegalArgumentException(
                    "upstreams out of range [1, " + MOST + "]: " + first.size() + " and " + fallbacks.size());
        }
    }

    /** Each of them once. */
    public Stream<Upstream> all() {
        return Stream.concat(first.stream().map(Weighted::upstream), fallbacks.stream());
    }
}
