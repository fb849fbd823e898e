package io.tollgate.billing.checkout;

import java.net.URI;

/**
 * Where Stripe sends the buyer back to.
 *
 * @param success gets the parameter {@code session_id} added
 */
public record ReturnUrls(URI success, URI cancel) {

    private static final int LENGTH_MAX = 2_000;

    public ReturnUrls {
        check(success);
        check(cancel);
        if (success.getFragment() != null) {
            throw new IllegalArgumentException("a success URL with a fragment could not take the session id");
        }
    }

    /** The success URL in the form Stripe fills in. The braces have to stay as they are, so this is no {@link URI}. */
    String successTemplate() {
        return success + (success.getRawQuery() == null ? "?" : "&") + "session_id={CHECKOUT_SESSION_ID}";
    }

    private static void check(URI url) {
        String scheme = url.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || url.getHost() == null) {
            throw new IllegalArgumentException("a return URL has to be an absolute http or https URL");
        }
        if (url.toString().length() > LENGTH_MAX) {
            throw new IllegalArgumentException("a return URL may have at most " + LENGTH_MAX + " characters");
        }
    }
}
