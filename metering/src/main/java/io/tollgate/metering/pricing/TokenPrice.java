package io.tollgate.metering.pricing;

import io.tollgate.metering.credit.Credits;

/**
 * What a model's tokens cost, in micro-credits per million tokens of each class.
 *
 * <p>The sum over all classes is exact; it is rounded up to the micro-credit once.
 */
public record TokenPrice(long input, long cacheRead, long cacheWrite, long output, long reasoning) {

    private static final long TOKENS_PER_UNIT = 1_000_000;

    /** A million credits per million tokens: what is dearer is a typing mistake. */
    private static final long PRICE_MAX = 1_000_000L * Credits.MICROS_PER_CREDIT;

    public TokenPrice {
        checkRange("input", input);
        checkRange("cache-read", cacheRead);
        checkRange("cache-write", cacheWrite);
        checkRange("output", output);
        checkRange("reasoning", reasoning);
    }

    /** A price with the same rate for all input and the same for all output. */
    public static TokenPrice of(long input, long output) {
        return new TokenPrice(input, input, input, output, output);
    }

    /** Actual usage to credits. */
    public Credits cost(TokenUsage usage) {
        return roundedUp(Math.addExact(
                Math.addExact(
                        Math.addExact(
                                Math.multiplyExact(usage.input(), input),
                                Math.multiplyExact(usage.cacheRead(), cacheRead)),
                        Math.multiplyExact(usage.cacheWrite(), cacheWrite)),
                Math.addExact(
                        Math.multiplyExact(usage.output(), output), Math.multiplyExact(usage.reasoning(), reasoning))));
    }

    /** The most that so many tokens can cost: every input token at the dearest input rate, every output token likewise. */
    public Credits ceiling(long inputTokens, long outputTokens) {
        return roundedUp(Math.addExact(
                Math.multiplyExact(inputTokens, dearestInput()), Math.multiplyExact(outputTokens, dearestOutput())));
    }

    public long dearestInput() {
        return Math.max(input, Math.max(cacheRead, cacheWrite));
    }

    public long dearestOutput() {
        return Math.max(output, reasoning);
    }

    private static Credits roundedUp(long microsTimesUnit) {
        return Credits.ofMicros(Math.ceilDiv(microsTimesUnit, TOKENS_PER_UNIT));
    }

    private static void checkRange(String name, long microsPerMillion) {
        if (microsPerMillion < 0 || microsPerMillion > PRICE_MAX) {
            throw new IllegalArgumentException(name + " price out of range [0, 1000000] credits per million tokens: "
                    + Credits.decimal(microsPerMillion));
        }
    }
}
