package io.tollgate.gateway.proxy;

import io.tollgate.metering.usage.UsageDetail.CountedBy;
import io.tollgate.metering.usage.UsageDetail.Outcome;

/** How a hold ended, as the book has it. */
record Ended(
        String kind, Outcome outcome, CountedBy countedBy, long chargedMicros, long inputTokens, long outputTokens) {

    /** Of all models here, in micro-credits per token. */
    static final long INPUT_PRICE = 500;

    static final long OUTPUT_PRICE = 2000;

    static Ended uncharged(Outcome outcome) {
        return new Ended("RELEASED", outcome, CountedBy.GATEWAY, 0, 0, 0);
    }

    static Ended charged(Outcome outcome, CountedBy countedBy, long inputTokens, long outputTokens) {
        return new Ended(
                "SETTLED",
                outcome,
                countedBy,
                inputTokens * INPUT_PRICE + outputTokens * OUTPUT_PRICE,
                inputTokens,
                outputTokens);
    }

    /** By the upstream's own figures. */
    static Ended reported(Outcome outcome, long inputTokens, long outputTokens) {
        return charged(outcome, CountedBy.UPSTREAM, inputTokens, outputTokens);
    }

    /** As far as the gateway can tell: the input is a token for each four bytes of the request. */
    static Ended counted(Outcome outcome, String request, long outputTokens) {
        return charged(outcome, CountedBy.GATEWAY, tokensIn(request.length()), outputTokens);
    }

    static long tokensIn(long bytes) {
        return (bytes + 3) / 4;
    }
}
