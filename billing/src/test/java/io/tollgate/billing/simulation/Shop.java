package io.tollgate.billing.simulation;

/** What this installation sells, and how impatient it is. */
final class Shop {

    private static final String PLANS = "tollgate.billing.catalog.plans";

    private Shop() {}

    static String[] settings() {
        return new String[] {
            PLANS + "[0].id=basic",
            PLANS + "[0].name=Basic",
            PLANS + "[0].allowance=40",
            PLANS + "[0].prices[0].interval=month",
            PLANS + "[0].prices[0].amount=1000",
            PLANS + "[0].prices[0].currency=usd",
            PLANS + "[0].prices[1].interval=year",
            PLANS + "[0].prices[1].amount=9900",
            PLANS + "[0].prices[1].currency=usd",
            PLANS + "[1].id=pro",
            PLANS + "[1].name=Pro",
            PLANS + "[1].allowance=250",
            PLANS + "[1].rollover=30",
            PLANS + "[1].prices[0].interval=month",
            PLANS + "[1].prices[0].amount=5000",
            PLANS + "[1].prices[0].currency=usd",
            PLANS + "[1].trial.days=7",
            PLANS + "[1].trial.allowance=5",
            // A gateway that dies leaves leases behind: here they are over at once.
            "tollgate.billing.webhook.first-retry=1ms",
            "tollgate.billing.webhook.longest-retry=1ms",
            "tollgate.billing.webhook.attempts-max=1000000",
            "tollgate.billing.stripe.retries=0",
            "tollgate.billing.stripe.breaker-window=1000000",
            "tollgate.billing.checkout.session-lifetime=1h",
            "tollgate.billing.reversal.when-dispute-lost=thaw",
            "tollgate.billing.stripe-reconciliation.calls-per-second=100000",
            "tollgate.billing.stripe-reconciliation.recovery.lag=1s",
            "logging.level.io.tollgate=off",
        };
    }
}
