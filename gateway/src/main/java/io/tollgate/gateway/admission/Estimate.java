package io.tollgate.gateway.admission;

import io.tollgate.gateway.dialect.ChatRequest;
import io.tollgate.gateway.routing.Model;
import io.tollgate.gateway.routing.Route;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenPrice;
import java.math.BigInteger;

/**
 * What a call may cost, before it is made.
 *
 * <p>Input is judged by the size of the request: providers' tokenizers make a token of about four bytes of English and of three of most
 * other scripts, and the JSON around the text weighs too. Held is one token for every three bytes, so that the hold rarely falls short;
 * charged, where nobody else has counted, is one for every four. Where the request refers to what it does not contain, what the model can read
 * at most is held.
 *
 * @param inputTokens held for the request
 * @param countedInput charged for the request where nobody else has counted
 * @param outputTokens held for the answer, all choices together
 * @param ceiling what is held
 */
public record Estimate(long inputTokens, long countedInput, long outputTokens, Credits ceiling) {

    /** An answer shorter than that is of no use to anybody. */
    static final long USEFUL_OUTPUT = 16;

    private static final int BYTES_PER_TOKEN_HELD = 3;
    private static final int BYTES_PER_TOKEN_CHARGED = 4;
    private static final BigInteger TOKENS_PER_UNIT = BigInteger.valueOf(1_000_000);

    public static Estimate of(ChatRequest request, Route route, Model model) {
        long counted = Math.ceilDiv(request.receivedBytes(), BYTES_PER_TOKEN_CHARGED);
        boolean unbounded = request.unboundedInput();
        long input = unbounded ? model.inputMax() : Math.ceilDiv(request.receivedBytes(), BYTES_PER_TOKEN_HELD);
        long cap = request.outputCap() == null ? route.defaultOutputTokens() : request.outputCap();
        long output = Math.min(cap, model.outputMax()) * request.choices();
        return new Estimate(
                input, unbounded ? Math.min(counted, input) : counted, output, ceiling(model.price(), input, output));
    }

    /** What would be held for so much output. */
    Credits ceiling(TokenPrice price, long output) {
        return ceiling(price, inputTokens, output);
    }

    /** Output tokens that {@code total} pays for exactly, the input paid; no bound where output is free. */
    long affordableOutput(TokenPrice price, Credits total) {
        BigInteger left = BigInteger.valueOf(total.micros())
                .multiply(TOKENS_PER_UNIT)
                .subtract(BigInteger.valueOf(inputTokens).multiply(BigInteger.valueOf(price.dearestInput())));
        if (left.signum() < 0) {
            return 0;
        }
        long perMillion = price.dearestOutput();
        return perMillion == 0
                ? Long.MAX_VALUE
                : left.divide(BigInteger.valueOf(perMillion))
                        .min(BigInteger.valueOf(Long.MAX_VALUE))
                        .longValueExact();
    }

    /** What is beyond all amounts cannot be afforded by anybody. */
    private static Credits ceiling(TokenPrice price, long input, long output) {
        try {
            return price.ceiling(input, output);
        } catch (ArithmeticException | IllegalArgumentException _) {
            return Credits.MAX;
        }
    }
}
