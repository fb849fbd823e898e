package io.tollgate.metering.account;

import java.util.regex.Pattern;

/** Names an account; safe as part of a Redis key, a URL and a log line. */
public record AccountId(String value) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]{1,48}");

    public AccountId {
        if (!isAllowed(value)) {
            throw new IllegalArgumentException("an account id is 1 to 48 of A-Z a-z 0-9 _ -");
        }
    }

    public static boolean isAllowed(String text) {
        return ALLOWED.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
