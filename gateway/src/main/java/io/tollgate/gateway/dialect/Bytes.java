package io.tollgate.gateway.dialect;

/** Finds bytes in bytes. */
final class Bytes {

    private Bytes() {}

    /** Index of the first occurrence that lies within {@code [from, to)}, or -1. */
    static int indexOf(byte[] in, int from, int to, byte[] what) {
        byte first = what[0];
        for (int i = from, last = to - what.length; i <= last; i++) {
            if (in[i] == first && matches(in, i, what)) {
                return i;
            }
        }
        return -1;
    }

    /** Index of the last occurrence that lies within {@code [from, to)}, or -1. */
    static int lastIndexOf(byte[] in, int from, int to, byte[] what) {
        byte first = what[0];
        for (int i = to - what.length; i >= from; i--) {
            if (in[i] == first && matches(in, i, what)) {
                return i;
            }
        }
        return -1;
    }

    /** First index in {@code [from, to)} that holds no JSON whitespace, or {@code to}. */
    static int skipBlanks(byte[] in, int from, int to) {
        int i = from;
        while (i < to && (in[i] == ' ' || in[i] == '\t' || in[i] == '\n' || in[i] == '\r')) {
            i++;
        }
        return i;
    }

    static boolean startsWith(byte[] in, int from, int to, byte[] what) {
        return to - from >= what.length && matches(in, from, what);
    }

    private static boolean matches(byte[] in, int at, byte[] what) {
        for (int k = 1; k < what.length; k++) {
            if (in[at + k] != what[k]) {
                return false;
            }
        }
        return in[at] == what[0];
    }
}
