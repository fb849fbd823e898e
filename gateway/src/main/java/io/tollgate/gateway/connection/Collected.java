package io.tollgate.gateway.connection;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes gathered from buffers, up to a bound. */
public final class Collected {

    private static final int FIRST_SIZE = 1024;

    private final int max;
    private byte[] bytes;
    private int length;

    /**
     * Nothing yet.
     *
     * @param announced how many bytes are to be expected, below zero if nobody said
     */
    public Collected(long announced, int max) {
        this.max = max;
        // Only what has arrived is believed: who announces much and sends nothing shall not cost us memory.
        this.bytes = new byte[announced < 0 ? FIRST_SIZE : (int) Math.min(announced, 16 * FIRST_SIZE)];
    }

    /** A content length as the header has it; -1 if there is none that can be used. */
    public static long announced(@Nullable String contentLength) {
        if (contentLength == null) {
            return -1;
        }
        try {
            return Long.parseLong(contentLength);
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    public boolean fits(ByteBuf part) {
        return part.readableBytes() <= max - length;
    }

    /** Copies what {@link #fits}; does not release it. */
    public void add(ByteBuf part) {
        int more = part.readableBytes();
        if (bytes.length < length + more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, Math.min(max, 2 * bytes.length)));
        }
        part.getBytes(part.readerIndex(), bytes, length, more);
        length += more;
    }

    public int length() {
        return length;
    }

    public byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
