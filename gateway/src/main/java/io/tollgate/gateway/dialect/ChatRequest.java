package io.tollgate.gateway.dialect;

import org.jspecify.annotations.Nullable;

/**
 * What matters of a chat completion request.
 *
 * @param body as it is to be sent on: the client's bytes, with {@code include_usage} switched on if it streams
 * @param receivedBytes size of what the client sent
 * @param outputCap the client's bound on output tokens per choice; null if it gave none
 * @param choices {@code n}
 * @param usageAsked whether the client itself asked for the usage chunk of a stream
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, copied by nobody
public record ChatRequest(
        byte[] body,
        int receivedBytes,
        String model,
        Delivery delivery,
        @Nullable Long outputCap,
        int choices,
        UsageChunk usageAsked) {

    /** How the answer is wanted. */
    public enum Delivery {
        WHOLE,
        STREAMED
    }

    /** What is to become of the chunk of a stream that carries the usage. */
    public enum UsageChunk {
        SHOWN,
        HIDDEN
    }

    public boolean streamed() {
        return delivery == Delivery.STREAMED;
    }
}
