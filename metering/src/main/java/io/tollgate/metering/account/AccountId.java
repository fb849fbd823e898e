package io.tollgate.metering.account;

/** Names an account; safe as part of a Redis key, a URL and a log line. */
public record AccountId(String value) {

    private static final int LENGTH_MAX = 48;

    public AccountId {
        if (!isAllowed(value)) {
            throw new IllegalArgumentException("an account id is 1 to 48 of A-Z a-z 0-9 _ -");
        }
    }

    public static boolean isAllowed(String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isAllowed(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
    }

    @Override
    public String toString() {
        return value;
    }
}
