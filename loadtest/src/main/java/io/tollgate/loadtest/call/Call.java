package io.tollgate.loadtest.call;

import org.jspecify.annotations.Nullable;

/**
 * One call as its client saw it.
 *
 * @param requestId the gateway's name for the call; null where no answer came
 * @param costMicros what the client was told it was charged; null where it was told nothing
 */
public record Call(
        String account,
        @Nullable String requestId,
        Kind kind,
        Outcome outcome,
        @Nullable Long costMicros) {

    /** How the answer was asked for. */
    public enum Kind {
        PLAIN,
        STREAMED
    }

    /** How the call ended for its client. */
    public enum Outcome {
        /** A whole answer came. */
        ANSWERED,
        /** The gateway said no, or the provider failed: it must be free. */
        REFUSED,
        /** The connection broke: the client cannot know whether it was charged. */
        BROKEN
    }
}
