package io.tollgate.billing.simulation;

/** What this installation sells, and how impatient it is. */
final class Shop {

    private Shop() {}

    static String[] settings() {
        return new String[] {
            // A gateway that dies leaves leases behind: here they are over at once.
            "tollgate.billing.webhook.first-retry=1ms",
            "tollgate.billing.webhook.longest-retry=1ms",
            "tollgate.billing.webhook.attempts-max=1000000",
            "tollgate.billing.stripe.retries=0",
            "tollgate.billing.stripe.breaker-window=1000000",
            "tollgate.billing.checkout.session-lifetime=1h",
            "logging.level.io.tollgate=error",
        };
    }
}
