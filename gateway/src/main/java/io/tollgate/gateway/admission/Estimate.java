package io.tollgate.gateway.admission;

import io.tollgate.gateway.dialect.ChatRequest;
import io.tollgate.gateway.routing.Model;
import io.tollgate.gateway.routing.Route;
import io.tollgate.metering.credit.Credits;
import io.tollgate.metering.pricing.TokenPrice;

/**
 * What a call may cost, before it is made.
 *
 * <p>Input is judged by the size of the request: providers' tokenizers make a token of about four bytes of English and of three of most
 * other scripts, and the JSON around the text weighs too. Held is one token for every three bytes, so that the hold rarely falls short;
 * charged, where nobody else has counted, is one for every four.
 *
 * @param inputTokens held for the request
 * @param outputTokens held for the answer, all choices together
 * @param ceiling what is held
 */
public record Estimate(long inputTokens, long countedInput, long outputTokens, Credits ceiling) {

    private static final int BYTES_PER_TOKEN_HELD = 3;
    private static final int BYTES_PER_TOKEN_CHARGED = 4;

    public static Estimate of(ChatRequest request, Route route, Model model) {
        long input = Math.ceilDiv(request.receivedBytes(), BYTES_PER_TOKEN_HELD);
        long cap = request.outputCap() == null ? route.defaultOutputTokens() : request.outputCap();
        long output = Math.min(cap, model.outputMax()) * request.choices();
        return new Estimate(
                input,
                Math.ceilDiv(request.receivedBytes(), BYTES_PER_TOKEN_CHARGED),
                output,
                ceiling(model.price(), input, output));
    }

    /** Output tokens for which {@code available} would be enough, the input paid. */
    long affordableOutput(Credits available, TokenPrice price) {
        long left = available.micros() - ceiling(price, inputTokens, 0).micros();
        long perMillion = price.dearestOutput();
        if (left <= 0 || perMillion == 0) {
            return 0;
        }
        long millions = left / perMillion;
        return millions >= outputTokens
                ? outputTokens
                : Math.min(outputTokens, millions * 1_000_000 + left % perMillion * 1_000_000 / perMillion);
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
