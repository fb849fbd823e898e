package io.tollgate.gateway.proxy;

import io.tollgate.gateway.admission.OpenHold;
import io.tollgate.metering.pricing.TokenUsage;
import io.tollgate.metering.usage.UsageDetail.CountedBy;
import io.tollgate.metering.usage.UsageDetail.Outcome;
import org.jspecify.annotations.Nullable;

/** What a call is charged that did not end with the upstream's own figures: the greater of what was reported and what was counted. */
final class Charges {

    private Charges() {}

    /** The answer is complete, but says nothing of its usage. */
    static TokenUsage completed(OpenHold hold, long countedOutput) {
        TokenUsage counted = counted(hold, countedOutput);
        hold.settle(counted, CountedBy.GATEWAY, Outcome.COMPLETED);
        return counted;
    }

    static void cut(OpenHold hold, @Nullable TokenUsage reported, long countedOutput, Cut why) {
        settle(hold, reported, countedOutput, why == Cut.BY_CREDIT ? Outcome.CREDIT_RAN_OUT : Outcome.UPSTREAM_CUT);
    }

    static void clientGone(OpenHold hold, @Nullable TokenUsage reported, long countedOutput) {
        settle(hold, reported, countedOutput, Outcome.CLIENT_GONE);
    }

    /** Output tokens in so many bytes of text. */
    static long outputIn(long bytes) {
        return Math.ceilDiv(bytes, 4L);
    }

    private static void settle(OpenHold hold, @Nullable TokenUsage reported, long countedOutput, Outcome outcome) {
        TokenUsage counted = counted(hold, countedOutput);
        if (reported != null && !hold.cost(counted).exceeds(hold.cost(reported))) {
            hold.settle(reported, CountedBy.UPSTREAM, outcome);
        } else {
            hold.settle(counted, CountedBy.GATEWAY, outcome);
        }
    }

    /** Where the client has set a cap, no provider writes more than that, whatever weighs around its text. */
    private static TokenUsage counted(OpenHold hold, long countedOutput) {
        boolean capped = hold.call().request().outputCap() != null;
        long output = capped ? Math.min(countedOutput, hold.estimate().outputTokens()) : countedOutput;
        return TokenUsage.of(hold.estimate().countedInput(), output);
    }
}
