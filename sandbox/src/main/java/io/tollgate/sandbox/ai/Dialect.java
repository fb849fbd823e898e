package io.tollgate.sandbox.ai;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** How a provider writes an answer. A stream is frames: one that opens it, one per step of the reply, some that close it. */
interface Dialect {
    void json(ByteBuf out, Reply reply);

    /** Frames after the steps. */
    int closingFrames(Reply reply);

    void opening(ByteBuf out, Reply reply);

    void step(ByteBuf out, Reply reply, int step);

    void closing(ByteBuf out, Reply reply, int frame);

    String error(ApiError error, long number);

    static void ascii(ByteBuf out, String text) {
        out.writeCharSequence(text, StandardCharsets.US_ASCII);
    }

    static void number(ByteBuf out, long number) {
        ascii(out, Long.toString(number));
    }
}
