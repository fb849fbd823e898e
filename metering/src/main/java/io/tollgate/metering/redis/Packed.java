package io.tollgate.metering.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * Values that a script has packed with {@code cmsgpack}, read one after the other. Only what our scripts pack: integers, texts,
 * and arrays, whose elements are read as if they stood alone.
 */
public final class Packed {

    private final ByteBuffer bytes;

    public Packed(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    public boolean hasNext() {
        skipArrayHeads();
        return bytes.hasRemaining();
    }

    /** Whether the next value is a text; else it is a number. */
    public boolean isText() {
        skipArrayHeads();
        int head = bytes.get(bytes.position()) & 0xFF;
        return head >> 5 == 0b101 || (head >= 0xD9 && head <= 0xDB);
    }

    /**
     * The next value.
     *
     * @throws IllegalArgumentException if it is not a text
     */
    public String text() {
        int head = head();
        long length = switch (head) {
            case 0xD9 -> integer(1) & 0xFF;
            case 0xDA -> integer(2) & 0xFFFF;
            case 0xDB -> integer(4);
            default -> shortLength(head);
        };
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("packed text is cut short");
        }
        return take((int) length);
    }

    /**
     * The next value.
     *
     * @throws IllegalArgumentException if it is not an integer
     */
    public long number() {
        int head = head();
        if (head < 0x80) {
            return head;
        }
        return switch (head) {
            case 0xCC -> integer(1) & 0xFF;
            case 0xCD -> integer(2) & 0xFFFF;
            case 0xCE -> integer(4) & 0xFFFF_FFFFL;
            case 0xD0 -> integer(1);
            case 0xD1 -> integer(2);
            case 0xD2 -> integer(4);
            case 0xCF, 0xD3 -> integer(8);
            default -> smallNegative(head);
        };
    }

    private long integer(int size) {
        if (bytes.remaining() < size) {
            throw new IllegalArgumentException("a packed value is cut short");
        }
        return switch (size) {
            case 1 -> bytes.get();
            case 2 -> bytes.getShort();
            case 4 -> bytes.getInt();
            default -> bytes.getLong();
        };
    }

    private String take(int length) {
        int at = bytes.position();
        if (bytes.hasArray()) {
            bytes.position(at + length);
            return new String(bytes.array(), bytes.arrayOffset() + at, length, UTF_8);
        }
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, UTF_8);
    }

    private int head() {
        skipArrayHeads();
        if (!bytes.hasRemaining()) {
            throw new IllegalArgumentException("nothing more is packed");
        }
        return bytes.get() & 0xFF;
    }

    private void skipArrayHeads() {
        while (bytes.hasRemaining()) {
            int head = bytes.get(bytes.position()) & 0xFF;
            int size = head >> 4 == 0b1001 ? 1 : head == 0xDC ? 3 : head == 0xDD ? 5 : 0;
            if (size == 0 || size > bytes.remaining()) {
                return;
            }
            bytes.position(bytes.position() + size);
        }
    }

    private static int shortLength(int head) {
        if (head >> 5 != 0b101) {
            throw new IllegalArgumentException("not a packed text: " + Integer.toHexString(head));
        }
        return head & 0x1F;
    }

    private static int smallNegative(int head) {
        if (head < 0xE0) {
            throw new IllegalArgumentException("not a packed number: " + Integer.toHexString(head));
        }
        return (byte) head;
    }
}
