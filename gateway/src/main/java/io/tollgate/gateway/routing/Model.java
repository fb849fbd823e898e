package io.tollgate.gateway.routing;

import io.tollgate.metering.pricing.TokenPrice;

/**
 * A model that can be called.
 *
 * @param inputMax input tokens it can read: what a request costs that refers to more than it contains
 * @param outputMax output tokens it can write for one choice, whatever cap a client gives
 */
public record Model(String name, TokenPrice price, long inputMax, long outputMax) {

    /** Beyond what any model has, and small enough to be multiplied without a thought. */
    private static final long TOKENS_MAX = 1_000_000_000;

    public Model {
        check("max-input-tokens", inputMax);
        check("max-output-tokens", outputMax);
    }

    private static void check(String what, long tokens) {
        if (tokens < 1 || tokens > TOKENS_MAX) {
            throw new IllegalArgumentException(what + " out of range [1, " + TOKENS_MAX + "]: " + tokens);
        }
    }
}
