package io.tollgate.billing.checkout;

import java.time.Duration;

/**
 * Bounds of a checkout.
 *
 * @param sessionLifetime how long a buyer has, at least; Stripe allows 30 minutes to 24 hours
 * @param retryWindow how long a request without an answer is repeated as the same request; lengthens the lifetime, since
 *     Stripe counts its 30 minutes from the last repetition
 */
public record CheckoutSettings(Duration sessionLifetime, Duration retryWindow, SessionOptions options) {

    private static final Duration SHORTEST = Duration.ofMinutes(30);
    private static final Duration LONGEST = Duration.ofHours(24);

    public CheckoutSettings {
        if (retryWindow.isNegative() || retryWindow.isZero()) {
            throw new IllegalArgumentException("the checkout retry window has to be longer than nothing");
        }
        if (sessionLifetime.compareTo(SHORTEST) < 0
                || sessionLifetime.plus(retryWindow).compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a checkout session lives 30 minutes at least and, with its retry window, "
                            + "24 hours at most, not " + sessionLifetime + " and " + retryWindow);
        }
    }
}
