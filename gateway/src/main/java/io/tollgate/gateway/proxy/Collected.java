package io.tollgate.gateway.proxy;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes gathered from buffers, up to a bound. */
final class Collected {

    private static final int FIRST_SIZE = 1024;

    private final int max;
    private byte[] bytes;
    private int length;

    /**
     * Nothing yet.
     *
     * @param announced how many bytes are to be expected, below zero if nobody said
     */
    Collected(long announced, int max) {
        this.max = max;
        // Only what has arrived is believed: who announces much and sends nothing shall not cost us memory.
        this.bytes = new byte[announced < 0 ? FIRST_SIZE : (int) Math.min(announced, 16 * FIRST_SIZE)];
    }

    /** More bytes came than are allowed. */
    static final class TooLongException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooLongException(int max) {
            super("more than " + max + " bytes", null, false, false);
        }
    }

    /** A content length as the header has it; -1 if there is none that can be used. */
    static long announced(@Nullable String contentLength) {
        if (contentLength == null) {
            return -1;
        }
        try {
            return Long.parseLong(contentLength);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    boolean fits(ByteBuf part) {
        return part.readableBytes() <= max - length;
    }

    void add(ByteBuf part) {
        int more = part.readableBytes();
        if (!fits(part)) {
            throw new TooLongException(max);
        }
        if (bytes.length < length + more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, Math.min(max, 2 * bytes.length)));
        }
        part.getBytes(part.readerIndex(), bytes, length, more);
        length += more;
    }

    int length() {
        return length;
    }

    byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
