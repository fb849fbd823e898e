package io.tollgate.gateway.routing;

import io.tollgate.gateway.routing.Candidates.OnTooManyRequests;
import io.tollgate.gateway.routing.Route.LowerCap;
import io.tollgate.gateway.routing.Route.WhenClientLeaves;
import io.tollgate.gateway.routing.Route.WhenRedisIsDown;
import io.tollgate.metering.reservation.Ending.Overage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Routes and upstreams as they are written in YAML.
 *
 * @param upstreams by the name routes refer to
 */
@ConfigurationProperties("tollgate")
record RoutingProperties(
        @DefaultValue Map<String, UpstreamProperties> upstreams,
        @DefaultValue List<RouteProperties> routes) {

    /**
     * A provider.
     *
     * @param url the base, to which a route adds what its dialect calls
     * @param apiKey sent as bearer credential; empty for none
     * @param tellAccount whether the account is named to it, in {@code Tollgate-Account}
     * @param connectionsPerLoop bound of each event loop's pool
     */
    record UpstreamProperties(
            @Nullable URI url,
            @DefaultValue("") String apiKey,
            @DefaultValue TimeoutProperties timeouts,
            @DefaultValue BreakerProperties breaker,
            @DefaultValue BulkheadProperties bulkhead,
            @DefaultValue("false") boolean tellAccount,
            @DefaultValue("512") int connectionsPerLoop) {}

    record TimeoutProperties(
            @DefaultValue("2s") Duration connect,
            @DefaultValue("60s") Duration firstByte,
            @DefaultValue("30s") Duration idle,
            @DefaultValue("10m") Duration total) {}

    /**
     * When an upstream is taken for ill.
     *
     * @param failurePercent of the calls in the window
     * @param window calls looked back on
     * @param callsAtLeast in the window, before anything is concluded
     * @param openFor how long an ill upstream is left alone
     * @param probes calls that decide then
     */
    record BreakerProperties(
            @DefaultValue("50") int failurePercent,
            @DefaultValue("100") int window,
            @DefaultValue("20") int callsAtLeast,
            @DefaultValue("10s") Duration openFor,
            @DefaultValue("5") int probes) {}

    /**
     * Calls of all routes under way at an upstream.
     *
     * @param callsMost in this gateway
     */
    record BulkheadProperties(@DefaultValue("10000") int callsMost) {}

    /**
     * One metered path.
     *
     * @param upstream short for one of {@code upstreams}
     * @param upstreams one of them is drawn for each call
     * @param fallbacks names, in order
     * @param defaultOutputTokens held per choice where the client gave no cap, and added each time a stream has nearly used up what is held
     * @param lowerCap whose cap is lowered to what the account can afford: {@code where-absent}, or {@code also-the-clients}
     */
    record RouteProperties(
            String name,
            String path,
            @DefaultValue("OPENAI_CHAT") Dialect dialect,
            @Nullable String upstream,
            @DefaultValue List<WeightedProperties> upstreams,
            @DefaultValue List<String> fallbacks,
            @DefaultValue RetryProperties retries,
            @DefaultValue("PASS_ON") OnTooManyRequests onTooManyRequests,
            @DefaultValue("REFUSE") WhenRedisIsDown whenRedisIsDown,
            @DefaultValue("CANCEL") WhenClientLeaves whenClientLeaves,
            @DefaultValue("DEBT") Overage overage,
            @DefaultValue("4MB") DataSize maxBody,
            @DefaultValue("1MB") DataSize maxWholeAnswer,
            @DefaultValue("1MB") DataSize maxEvent,
            @DefaultValue("1024") int defaultOutputTokens,
            @DefaultValue("WHERE_ABSENT") LowerCap lowerCap,
            List<ModelProperties> models) {}

    /** An upstream, and the parts of the calls it gets. */
    record WeightedProperties(
            @Nullable String name, @DefaultValue("1") int weight) {}

    /**
     * Of upstreams that a call has tried before.
     *
     * @param most for one call
     * @param pause before the first, doubled each time
     * @param pauseMost the longest
     */
    record RetryProperties(
            @DefaultValue("0") int most,
            @DefaultValue("100ms") Duration pause,
            @DefaultValue("2s") Duration pauseMost) {}

    /** A provider's API, and what it adds to the upstream's base. */
    enum Dialect {
        OPENAI_CHAT("/chat/completions");

        private final String pathUpstream;

        Dialect(String pathUpstream) {
            this.pathUpstream = pathUpstream;
        }

        String pathUpstream() {
            return pathUpstream;
        }
    }

    /**
     * A model of a route.
     *
     * @param maxInputTokens held for requests that refer to input which they do not contain: images by URL, files
     * @param maxOutputTokens the most it writes for one choice; a client's greater cap holds no more
     */
    record ModelProperties(
            String name,
            PriceProperties price,
            @DefaultValue("128000") long maxInputTokens,
            @DefaultValue("32768") long maxOutputTokens) {}

    /**
     * Credits per million tokens, as decimals; {@link PriceText} refuses what can only be meant per token.
     *
     * @param cacheRead as input unless given
     * @param cacheWrite as input unless given
     * @param reasoning as output unless given
     */
    record PriceProperties(
            String input,
            @Nullable String cacheRead,
            @Nullable String cacheWrite,
            String output,
            @Nullable String reasoning) {}
}
