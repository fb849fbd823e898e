package io.tollgate.gateway.fault;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One call as its client saw it.
 *
 * @param gateway which one was asked
 * @param status 0 where no whole answer came
 * @param requestId null where no head of an answer came
 * @param costMicros what the client was told to have been charged; null where it was told nothing
 */
record ClientCall(
        String account,
        int gateway,
        long sentNanos,
        long endedNanos,
        int status,
        @Nullable String requestId,
        @Nullable Long costMicros) {

    private static final int BROKEN = 0;
    private static final Pattern COST = Pattern.compile("\"tollgate_cost\":\\s*\"?([0-9.]+)\"?");

    /** A call that its gateway now has. */
    record Sent(String account, int gateway, Kind kind, long nanos) {

        ClientCall answered(HttpResponse<String> response) {
            String requestId =
                    response.headers().firstValue("Tollgate-Request-Id").orElse(null);
            int status = kind.isWhole(response) ? response.statusCode() : BROKEN;
            return new ClientCall(
                    account, gateway, nanos, System.nanoTime(), status, requestId, kind.costMicros(response));
        }

        ClientCall broken() {
            return new ClientCall(account, gateway, nanos, System.nanoTime(), BROKEN, null, null);
        }
    }

    /** How the answer is asked for, and where it says what it cost. */
    enum Kind {
        PLAIN(""),
        STREAMED(",\"stream\":true,\"stream_options\":{\"include_usage\":true}");

        private final String more;

        Kind(String more) {
            this.more = more;
        }

        String body(String model, int maxTokens, int topic) {
            return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Tell me about harbour "
                    + topic + ".\"}],\"max_tokens\":" + maxTokens + more + "}";
        }

        // A gateway says no with a status; only an answer that has begun can break off.
        boolean isWhole(HttpResponse<String> response) {
            return response.statusCode() != 200
                    || this == PLAIN
                    || response.body().contains("data: [DONE]");
        }

        @Nullable
        Long costMicros(HttpResponse<String> response) {
            String cost = this == PLAIN
                    ? response.headers().firstValue("Tollgate-Cost").orElse(null)
                    : COST.matcher(response.body())
                            .results()
                            .reduce((former, latter) -> latter)
                            .map((MatchResult found) -> found.group(1))
                            .orElse(null);
            return cost == null
                    ? null
                    : Long.valueOf(new BigDecimal(cost).movePointRight(6).longValueExact());
        }
    }

    boolean isAnswered() {
        return status == 200;
    }

    boolean isBroken() {
        return status == BROKEN;
    }

    /** The gateway, or what it needs, did not work; it said so. */
    boolean isRefusedByFault() {
        return status >= 500;
    }

    boolean isRefusedForCredit() {
        return status == 402;
    }

    boolean runsAt(long nanos) {
        return sentNanos < nanos && endedNanos > nanos;
    }
}
