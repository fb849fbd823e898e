package io.tollgate.metering.pricing;

/** Tokens by class. The classes are disjoint: cached input is not in {@code input}, reasoning is not in {@code output}. */
public record TokenUsage(long input, long cacheRead, long cacheWrite, long output, long reasoning) {

    public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0, 0);

    public TokenUsage {
        if ((input | cacheRead | cacheWrite | output | reasoning) < 0) {
            throw new IllegalArgumentException("tokens below zero");
        }
    }

    public static TokenUsage of(long input, long output) {
        return new TokenUsage(input, 0, 0, output, 0);
    }

    public long totalInput() {
        return input + cacheRead + cacheWrite;
    }

    public long totalOutput() {
        return output + reasoning;
    }
}
