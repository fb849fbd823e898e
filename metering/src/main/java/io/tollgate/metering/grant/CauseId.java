package io.tollgate.metering.grant;

/** Names what credit was given or taken for. */
public final class CauseId {

    private static final int LENGTH_MAX = 255;

    /** What is allowed, for people. */
    public static final String ALLOWED = "1 to " + LENGTH_MAX + " characters";

    private CauseId() {}

    public static boolean isAllowed(String text) {
        return !text.isEmpty() && text.length() <= LENGTH_MAX && text.indexOf('\0') < 0;
    }
}
