package io.tollgate.gateway.dialect;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Tells UTF-8 by the letter (RFC 3629) from what only some readers take for it. The JSON parser reads an overlong spelling of a name as that name; a
 * provider may not, and would see another request than we do.
 */
final class Utf8 {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8() {}

    /** Index of the first byte that cannot stand where it stands, or -1. */
    static int faultIn(byte[] text) {
        int at = skipAscii(text, 0);
        while (at < text.length) {
            int length = lengthAt(text, at);
            if (length == 0) {
                return at;
            }
            at = skipAscii(text, at + length);
        }
        return -1;
    }

    /** Most requests are nothing else: eight bytes at a time. */
    private static int skipAscii(byte[] text, int from) {
        int at = from;
        while (at <= text.length - Long.BYTES && ((long) EIGHT.get(text, at) & HIGH_BITS) == 0) {
            at += Long.BYTES;
        }
        while (at < text.length && text[at] >= 0) {
            at++;
        }
        return at;
    }

    /** Bytes of the character that begins there with a byte beyond ASCII; 0 if none does. */
    private static int lengthAt(byte[] text, int at) {
        int first = text[at] & 0xff;
        if (first >= 0xc2 && first <= 0xdf) {
            return continued(text, at, 1, 0x80, 0xbf) ? 2 : 0;
        }
        if (first >= 0xe0 && first <= 0xef) {
            // Below are overlong spellings, beyond are surrogates
            return continued(text, at, 2, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf) ? 3 : 0;
        }
        if (first >= 0xf0 && first <= 0xf4) {
            return continued(text, at, 3, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf) ? 4 : 0;
        }
        return 0;
    }

    private static boolean continued(byte[] text, int at, int more, int secondMin, int secondMax) {
        if (at + more >= text.length) {
            return false;
        }
        int second = text[at + 1] & 0xff;
        if (second < secondMin || second > secondMax) {
            return false;
        }
        for (int i = 2; i <= more; i++) {
            if ((text[at + i] & 0xc0) != 0x80) {
                return false;
            }
        }
        return true;
    }
}
