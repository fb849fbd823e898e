package io.tollgate.billing.notice;

import java.util.regex.Pattern;

/** A way of telling: {@code mail}, or {@code webhook:} and the name of an endpoint. */
public record Channel(String name) {

    public static final Channel MAIL = new Channel("mail");

    private static final String WEBHOOK = "webhook:";
    private static final Pattern ENDPOINT = Pattern.compile("[a-z0-9-]{1,40}");

    public static Channel webhook(String endpoint) {
        if (!ENDPOINT.matcher(endpoint).matches()) {
            throw new IllegalArgumentException("the name of a webhook endpoint is 1 to 40 of a-z 0-9 -");
        }
        return new Channel(WEBHOOK + endpoint);
    }

    /** The endpoint's name, empty for {@link #MAIL}. */
    public String endpoint() {
        return name.startsWith(WEBHOOK) ? name.substring(WEBHOOK.length()) : "";
    }
}
