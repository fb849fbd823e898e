package io.tollgate.gateway.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * A small part of a chunked message (RFC 9112 §7.1) as one buffer, past the codec: that would send length, bytes and line end as three, which costs a stream of small events more than copying
 * them.
 */
final class ChunkFrame {

    /** Beyond it the copy would cost more than it saves. */
    private static final int BYTES_MAX = 8 * 1024;

    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
    private static final int LINE_END = '\r' << 8 | '\n';
    private static final int AROUND = 4 + 2 + 2;

    private ChunkFrame() {}

    /** Not for an empty one, which would end the message. */
    static boolean fits(ByteBuf content) {
        return content.isReadable() && content.readableBytes() <= BYTES_MAX;
    }

    /** Takes {@code content} over. */
    static ByteBuf of(ByteBuf content, ByteBufAllocator allocator) {
        int length = content.readableBytes();
        ByteBuf frame = allocator.ioBuffer(length + AROUND);
        for (int shift = (31 - Integer.numberOfLeadingZeros(length)) / 4 * 4; shift >= 0; shift -= 4) {
            frame.writeByte(HEX[length >> shift & 0xf]);
        }
        frame.writeShort(LINE_END).writeBytes(content).writeShort(LINE_END);
        content.release();
        return frame;
    }
}
