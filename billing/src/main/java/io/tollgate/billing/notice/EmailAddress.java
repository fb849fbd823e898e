package io.tollgate.billing.notice;

import java.util.regex.Pattern;

/** One address and nothing else: no name beside it, no list, nothing that could end a header's line. */
public record EmailAddress(String value) {

    public static final String ALLOWED = "one e-mail address such as jane@example.com, at most 254 characters";

    private static final int LENGTH_MAX = 254;
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                    + "@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
    private static final int LOCAL_MAX = 64;

    public EmailAddress {
        if (!isAllowed(value)) {
            throw new IllegalArgumentException("an e-mail address has to be " + ALLOWED);
        }
    }

    // The length first: what is matched is short.
    public static boolean isAllowed(String text) {
        return text.length() <= LENGTH_MAX
                && text.indexOf('@') <= LOCAL_MAX
                && FORM.matcher(text).matches();
    }

    /** Enough to recognise one's own in a log: {@code j…@example.com}. */
    @Override
    public String toString() {
        return value.charAt(0) + "…" + value.substring(value.indexOf('@'));
    }
}
