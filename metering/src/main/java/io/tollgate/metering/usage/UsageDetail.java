package io.tollgate.metering.usage;

import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenUsage;

/**
 * What a usage event says of its call beside the charge; travels through the live store unread.
 *
 * <p>The names may come from a client: characters that a store or a log line could not carry are replaced and over-long names
 * are cut.
 *
 * @param apiKey the API key's id, never the key
 * @param route the route's name
 * @param model as the upstream was asked
 * @param outcome how the call ended
 * @param tokens disjoint classes; all zero where nothing was counted
 * @param basis whether the upstream reported the tokens or the gateway counted them
 * @param waived what the call would have cost, had its caller not been exempt from charging
 */
public record UsageDetail(
        String apiKey,
        String route,
        String model,
        Outcome outcome,
        TokenUsage tokens,
        CountedBy basis,
        Credits waived) {

    /** Of a call that was charged what it cost. */
    public UsageDetail(String apiKey, String route, String model, Outcome outcome, TokenUsage tokens, CountedBy basis) {
        this(apiKey, route, model, outcome, tokens, basis, Credits.ZERO);
    }

    /** How a call ended, from the meter's point of view. */
    public enum Outcome {
        COMPLETED,
        UPSTREAM_FAILED,
        UPSTREAM_CUT,
        CLIENT_GONE,
        CREDIT_RAN_OUT,
        EXPIRED
    }

    /** Who counted the tokens. */
    public enum CountedBy {
        UPSTREAM,
        GATEWAY
    }

    public UsageDetail {
        apiKey = DetailText.clean(apiKey);
        route = DetailText.clean(route);
        model = DetailText.clean(model);
    }

    /** One line of text that {@link #decode} reads back. */
    public String encode() {
        return DetailText.encode(this);
    }

    /**
     * Reads what this or another version encoded.
     *
     * @throws IllegalArgumentException if it is nothing that {@link #encode} writes
     */
    public static UsageDetail decode(String text) {
        return DetailText.decode(text);
    }
}
