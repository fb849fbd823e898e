package io.tollgate.billing.autotopup;

import java.util.Locale;

/** What has an attempt made. */
public enum Trigger {
    THRESHOLD,
    REFUSED_CALL;

    private final String text = name().toLowerCase(Locale.ROOT);

    public String text() {
        return text;
    }
}
