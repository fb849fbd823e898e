package io.tollgate.sandbox.ai;

import static io.tollgate.sandbox.ai.Dialect.ascii;
import static io.tollgate.sandbox.ai.Dialect.number;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/** HTTP/1.1 responses as bytes. */
final class Wire {
    static final String JSON = "application/json";
    static final String EVENTS = "text/event-stream; charset=utf-8";
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    // Chunk sizes may have leading zeros, so the size can be filled in once the chunk is there.
    private static final int SIZE_DIGITS = 6;
    private static final ByteBuf SIZE_ROOM =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("000000\r\n", StandardCharsets.US_ASCII));

    private Wire() {}

    static void status(ByteBuf out, int status) {
        ascii(out, "HTTP/1.1 ");
        number(out, status);
        out.writeByte(' ');
        ascii(out, HttpResponseStatus.valueOf(status).reasonPhrase());
        ascii(out, "\r\n");
    }

    static void header(ByteBuf out, String name, String value) {
        ascii(out, name);
        ascii(out, ": ");
        ascii(out, value);
        ascii(out, "\r\n");
    }

    static void endOfHeaders(ByteBuf out) {
        ascii(out, "\r\n");
    }

    /** What follows until {@link #endChunk} is one chunk, which must not be empty. */
    static int beginChunk(ByteBuf out) {
        int start = out.writerIndex();
        out.writeBytes(SIZE_ROOM, 0, SIZE_ROOM.capacity());
        return start;
    }

    static void endChunk(ByteBuf out, int start) {
        int size = out.writerIndex() - start - SIZE_ROOM.capacity();
        for (int digit = SIZE_DIGITS - 1; digit >= 0; digit--, size >>>= 4) {
            out.setByte(start + digit, HEX[size & 0xF]);
        }
        if (size != 0) {
            throw new IllegalStateException("a chunk beyond " + (1 << (4 * SIZE_DIGITS)) + " bytes");
        }
        ascii(out, "\r\n");
    }

    static void endOfChunks(ByteBuf out) {
        ascii(out, "0\r\n\r\n");
    }
}
