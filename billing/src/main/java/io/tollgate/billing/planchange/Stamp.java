package io.tollgate.billing.planchange;

import io.tollgate.metering.credit.Credits;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a preview has shown, as its owner brings it back: {@code 1764460800-2000-200000000}. It needs no signature: the change is
 * worked out again as of its second, and is only made if it comes to the same.
 */
public record Stamp(Instant proratedAt, long chargeMinor, Credits credits) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})-(\\d{1,12})-(\\d{1,16})");

    /** Null if it is none. */
    public static @Nullable Stamp read(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        try {
            return new Stamp(
                    Instant.ofEpochSecond(Long.parseLong(parts.group(1))),
                    Long.parseLong(parts.group(2)),
                    Credits.ofMicros(Long.parseLong(parts.group(3))));
        } catch (DateTimeException | IllegalArgumentException _) {
            return null;
        }
    }

    @Override
    public String toString() {
        return proratedAt.getEpochSecond() + "-" + chargeMinor + "-" + credits.micros();
    }
}
