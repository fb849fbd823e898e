package io.tollgate.billing.subscription;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A look at a subscription, and at one of its invoices.
 *
 * @param seen as Stripe shows it
 * @param after as it is to be in our book
 * @param invoice null if none is looked at
 */
record Look(
        Present present,
        StripeSubscription seen,
        SubscriptionState after,
        @Nullable StripeInvoice invoice,
        Instant now) {

    /** What the catalog says of what Stripe shows. */
    record Resolved(PlanTerms terms, SubscriptionState.@Nullable PendingChange pending) {}

    static Look of(
            Present present, StripeSubscription seen, Resolved resolved, @Nullable StripeInvoice invoice, Instant now) {
        SubscriptionState before = present.looked();
        SubscriptionState after = before != null && before.hasEnded()
                ? before
                : SubscriptionState.of(present.plan().account(), seen, resolved.terms(), resolved.pending());
        return new Look(present, seen, after, invoice, now);
    }

    /** Seen to have ended for the first time. */
    boolean hasJustEnded() {
        SubscriptionState before = present.looked();
        return after.hasEnded() && (before == null || !before.hasEnded());
    }

    /** The period an invoice is for; null if it is for none. */
    static StripeInvoice.@Nullable Line period(StripeInvoice invoice, String item) {
        return invoice.lines().stream()
                .filter(line -> line.kind() == StripeInvoice.Line.Kind.PERIOD && line.item() != null)
                .max(Comparator.<StripeInvoice.Line, Boolean>comparing(line -> item.equals(line.item()))
                        .thenComparing(StripeInvoice.Line::periodEnd))
                .orElse(null);
    }

    /** What grants of this subscription are named by. */
    static String prefix(String subscription) {
        return subscription + "/";
    }
}
