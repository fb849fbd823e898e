package io.tollgate.billing.subscription;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that our book says of an account's plan, under the lock of its row.
 *
 * @param current the subscription it lives on; null if none
 * @param looked the subscription that is looked at; null if our book does not know it
 * @param invoice the invoice that is looked at; null if our book does not know it
 * @param failing invoices of the subscription looked at whose payment failed and may still come, by their periods
 */
public record Present(
        AccountPlan plan,
        @Nullable SubscriptionState current,
        @Nullable SubscriptionState looked,
        @Nullable InvoiceState invoice,
        List<InvoiceState> failing,
        TrialCard card) {

    /** Whether the card may still have its trial. */
    public enum TrialCard {
        FREE,
        USED
    }

    public Present {
        failing = List.copyOf(failing);
    }

    /** Whether Stripe bills the account for a plan, or will once a trial or a failed payment is over. */
    public boolean isBilled() {
        return current != null && !current.hasEnded() && current.status() != StripeSubscription.Status.INCOMPLETE;
    }
}
