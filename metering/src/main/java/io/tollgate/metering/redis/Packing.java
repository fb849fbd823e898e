package io.tollgate.metering.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Values for a script to unpack with {@code cmsgpack}, as one argument: each argument of its own costs Redis an object and Lua an
 * entry in a table.
 */
public final class Packing {

    private static final int SHORT_TEXT_MAX = 31;
    private static final int SMALL_NUMBER_MAX = 0x7F;

    private byte[] bytes;
    private int length;

    /** Grows beyond {@code expected} bytes where it must. */
    public Packing(int expected) {
        this.bytes = new byte[expected];
    }

    public Packing text(String text) {
        byte[] encoded = text.getBytes(UTF_8);
        reserve(encoded.length + 3);
        if (encoded.length <= SHORT_TEXT_MAX) {
            bytes[length++] = (byte) (0xA0 | encoded.length);
        } else if (encoded.length <= 0xFF) {
            bytes[length++] = (byte) 0xD9;
            bytes[length++] = (byte) encoded.length;
        } else if (encoded.length <= 0xFFFF) {
            bytes[length++] = (byte) 0xDA;
            integer(encoded.length, 2);
        } else {
            throw new IllegalArgumentException("a text of " + encoded.length + " bytes");
        }
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
        return this;
    }

    public Packing number(long number) {
        reserve(9);
        if (number >= 0 && number <= SMALL_NUMBER_MAX) {
            bytes[length++] = (byte) number;
        } else if (number >= 0 && number <= 0xFFFF_FFFFL) {
            bytes[length++] = (byte) 0xCE;
            integer(number, 4);
        } else {
            bytes[length++] = (byte) 0xD3;
            integer(number, 8);
        }
        return this;
    }

    public Packing nothing() {
        reserve(1);
        bytes[length++] = (byte) 0xC0;
        return this;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    private void integer(long value, int size) {
        for (int shift = (size - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
