package io.tollgate.sandbox.ai;

import org.jspecify.annotations.Nullable;

/**
 * One answer as it left the simulator.
 *
 * @param sequence counts up from 1
 * @param at when it ended, in milliseconds since the epoch
 * @param requestId of the gateway's call, from {@code Tollgate-Request-Id}
 * @param account from {@code Tollgate-Account}
 * @param generatedTokens of the whole answer
 * @param deliveredTokens of what was handed to the network; of a JSON body that was cut, none
 * @param chunks of a stream, without the one that opens it; 1 for a JSON body
 * @param end {@code finished}, {@code cut} by the client, or the name of the fault that kept it from finishing
 * @param usage what the answer said about itself: {@code exact}, {@code none}, {@code zero} or {@code twice}
 */
public record Delivery(
        long sequence,
        long at,
        @Nullable String requestId,
        @Nullable String account,
        String model,
        boolean stream,
        int promptTokens,
        int generatedTokens,
        int deliveredTokens,
        int chunks,
        String end,
        String usage) {
    static final String FINISHED = "finished";
    static final String CUT = "cut";

    public boolean isFinished() {
        return end.equals(FINISHED);
    }

    Delivery numbered(long number) {
        return new Delivery(
                number,
                at,
                requestId,
                account,
                model,
                stream,
                promptTokens,
                generatedTokens,
                deliveredTokens,
                chunks,
                end,
                usage);
    }
}
