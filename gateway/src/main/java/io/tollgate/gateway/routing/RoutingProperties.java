package io.tollgate.gateway.routing;

import io.tollgate.gateway.routing.Route.LowerCap;
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
            URI url,
            @DefaultValue("") String apiKey,
            @DefaultValue TimeoutProperties timeouts,
            @DefaultValue("false") boolean tellAccount,
            @DefaultValue("512") int connectionsPerLoop) {}

    record TimeoutProperties(
            @DefaultValue("2s") Duration connect,
            @DefaultValue("60s") Duration firstByte,
            @DefaultValue("30s") Duration idle,
            @DefaultValue("10m") Duration total) {}

    /**
     * One metered path.
     *
     * @param defaultOutputTokens held per choice where the client gave no cap, and added each time a stream has nearly used up what is held
     * @param lowerCap whose cap is lowered to what the account can afford: {@code where-absent}, or {@code also-the-clients}
     */
    record RouteProperties(
            String name,
            String path,
            @DefaultValue("OPENAI_CHAT") Dialect dialect,
            String upstream,
            @DefaultValue("DEBT") Overage overage,
            @DefaultValue("4MB") DataSize maxBody,
            @DefaultValue("1MB") DataSize maxWholeAnswer,
            @DefaultValue("1MB") DataSize maxEvent,
            @DefaultValue("1024") int defaultOutputTokens,
            @DefaultValue("WHERE_ABSENT") LowerCap lowerCap,
            List<ModelProperties> models) {}

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
