package io.tollgate.billing.configuration;

import io.tollgate.billing.reconciliation.EventRecovery;
import io.tollgate.billing.reconciliation.Finding.Kind;
import io.tollgate.billing.reconciliation.Repairs;
import io.tollgate.billing.reconciliation.RunRequests;
import io.tollgate.billing.reconciliation.StripeReconciliation;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the book is compared with Stripe.
 *
 * @param nightlyAt when a run begins, in UTC; {@code off} for never
 * @param period how far back a run looks unless it is told
 * @param periodMax the longest that it may be told
 * @param callsPerSecond the most calls to Stripe of each gateway for all this
 * @param interval pause between two stretches of work on a run, between two looks for one, and between two looks at repairs
 * @param longestPause the most that repeated failures, such as Stripe's absence, stretch the intervals to
 * @param turn how long a stretch of work lasts
 * @param lease how long a gateway may take for a page before another one takes it over
 * @param patience a run that Stripe's absence has kept for longer is given up
 * @param attempts a kind of object whose comparison fails this often at the same place, while Stripe is there, is passed over
 * @param leftAfter intents without an outcome are told when they are this old
 * @param recovery where missed events come back from
 * @param repair what is put right without being asked for
 */
@ConfigurationProperties("tollgate.billing.stripe-reconciliation")
record StripeReconciliationProperties(
        @DefaultValue("03:30") String nightlyAt,
        @DefaultValue("30d") Duration period,
        @DefaultValue("90d") Duration periodMax,
        @DefaultValue("10") int callsPerSecond,
        @DefaultValue("5s") Duration interval,
        @DefaultValue("2m") Duration longestPause,
        @DefaultValue("5s") Duration turn,
        @DefaultValue("2m") Duration lease,
        @DefaultValue("12h") Duration patience,
        @DefaultValue("5") int attempts,
        @DefaultValue("1d") Duration leftAfter,
        @DefaultValue RecoveryLine recovery,
        @DefaultValue RepairLine repair) {

    /**
     * The walk over Stripe's events.
     *
     * @param enabled off where another installation owns the events of the same Stripe account
     * @param interval pause between two walks
     * @param first how far back the first walk of an installation goes
     * @param lag younger events are left to the webhook
     * @param overlap how much is walked again
     * @param pages of 100 events, the most in one walk
     */
    record RecoveryLine(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("1m") Duration interval,
            @DefaultValue("3d") Duration first,
            @DefaultValue("2m") Duration lag,
            @DefaultValue("10m") Duration overlap,
            @DefaultValue("10") int pages) {
        EventRecovery.Reach reach() {
            return new EventRecovery.Reach(first, lag, overlap, pages);
        }
    }

    /**
     * Repairs that need no operator.
     *
     * @param kinds where a repair does no more than what should have been done anyway; an empty value for none
     */
    record RepairLine(
            @DefaultValue({
                "MISSED_EVENT",
                "PAID_NOT_GRANTED",
                "SUBSCRIPTION_UNKNOWN",
                "SUBSCRIPTION_DIFFERS",
                "INVOICE_NOT_BOOKED",
                "REFUND_UNSEEN",
                "DISPUTE_UNSEEN"
            })
            Set<Kind> kinds,

            @DefaultValue("3") int attempts,
            @DefaultValue("100") int batch) {
        Repairs.Automatic automatic() {
            return new Repairs.Automatic(kinds, attempts, batch);
        }
    }

    StripeReconciliation.Plan plan() {
        return new StripeReconciliation.Plan(turn, lease, period, patience, attempts, nightly());
    }

    RunRequests.Bounds bounds() {
        return new RunRequests.Bounds(period, periodMax);
    }

    private @Nullable LocalTime nightly() {
        return nightlyAt.equals("off") ? null : LocalTime.parse(nightlyAt);
    }
}
