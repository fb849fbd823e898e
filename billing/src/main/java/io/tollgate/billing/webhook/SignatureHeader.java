package io.tollgate.billing.webhook;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A parsed {@code Stripe-Signature}: a time and one or more signatures of the scheme {@code v1}.
 *
 * @param timestamp as it was sent, since its text is part of what is signed
 */
record SignatureHeader(String timestamp, long seconds, List<String> signatures) {

    private static final int LENGTH_MAX = 4_096;
    private static final int SIGNATURES_MAX = 16;
    private static final String DIGITS = "[0-9]{1,12}";

    SignatureHeader {
        signatures = List.copyOf(signatures);
    }

    /** Null if the text is nothing that Stripe would send. */
    static @Nullable SignatureHeader parse(String text) {
        if (text.length() > LENGTH_MAX) {
            return null;
        }
        String timestamp = null;
        List<String> signatures = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            int equals = item.indexOf('=');
            if (equals < 0) {
                return null;
            }
            String value = item.substring(equals + 1).strip();
            switch (item.substring(0, equals).strip()) {
                case "t" -> timestamp = timestamp == null ? value : "";
                case "v1" -> signatures.add(value);
                default -> {
                    // other schemes: v0 is sent beside v1 for test events
                }
            }
        }
        if (timestamp == null || !timestamp.matches(DIGITS) || signatures.isEmpty()) {
            return null;
        }
        return signatures.size() > SIGNATURES_MAX
                ? null
                : new SignatureHeader(timestamp, Long.parseLong(timestamp), signatures);
    }
}
