package io.tollgate.sandbox.ai;

import java.util.Locale;

/**
 * Something that goes wrong with one answer, by name: {@code reset-in-body}, {@code status-503}. Where a fault says half,
 * it is half of a JSON body's bytes or of a stream's events.
 */
public record Fault(Kind kind, int status) {
    private static final String STATUS_PREFIX = "status-";

    /** The kinds; {@code -} for {@code _} in names. */
    public enum Kind {
        NONE,
        /** The connection closes without a byte. */
        REFUSE,
        RESET_IN_HEADERS,
        /** After half of the answer. */
        RESET_IN_BODY,
        /** As {@link #RESET_IN_BODY}, but within the bytes of an event. */
        RESET_IN_EVENT,
        /** Nothing at all until the client leaves. */
        STALL,
        /** Half of the answer, then nothing until the client leaves. */
        STALL_IN_BODY,
        /** Half of the answer, then an orderly end, as if that were all. */
        TRUNCATED,
        /** An answer with the status in the name instead, in the dialect's error shape. */
        STATUS,
        INVALID_JSON,
        INVALID_SSE,
        NO_USAGE,
        ZERO_USAGE,
        USAGE_TWICE,
        /** Every event, or the JSON body, is padded by a quarter of a megabyte. */
        HUGE_CHUNKS,
        BYTE_BY_BYTE,
        GZIP
    }

    static final Fault NONE = new Fault(Kind.NONE, 0);

    public Fault {
        if (kind == Kind.STATUS && (status < 400 || status > 599)) {
            throw new IllegalArgumentException("a status fault is 400 to 599: " + status);
        }
    }

    public static Fault named(String name) {
        try {
            if (name.startsWith(STATUS_PREFIX)) {
                return new Fault(Kind.STATUS, Integer.parseInt(name.substring(STATUS_PREFIX.length())));
            }
            return new Fault(Kind.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')), 0);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no such fault: " + name, e);
        }
    }

    public String label() {
        return kind == Kind.STATUS
                ? STATUS_PREFIX + status
                : kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean is(Kind other) {
        return kind == other;
    }
}
