package io.tollgate.billing.subscription;

import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.subscription.StripeSubscription.Status;
import io.tollgate.metering.account.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A subscription in our book.
 *
 * @param terms as they were when it was last seen
 * @param pending what was agreed to come in its place; null for nothing
 */
public record SubscriptionState(
        String id,
        AccountId account,
        long version,
        Status status,
        PlanTerms terms,
        StripeSubscription.Item item,
        Instant anchor,
        Instant startedAt,
        @Nullable Instant trialEnd,
        @Nullable Instant cancelAt,
        @Nullable Instant endedAt,
        @Nullable String pausedAs,
        @Nullable Instant resumesAt,
        @Nullable String latestInvoice,
        @Nullable PendingChange pending) {

    /** What comes in a plan's place, and when. */
    public record PendingChange(String plan, Interval interval, Instant at) {}

    public boolean hasEnded() {
        return status == Status.ENDED;
    }

    static SubscriptionState of(
            AccountId account, StripeSubscription seen, PlanTerms terms, @Nullable PendingChange pending) {
        return new SubscriptionState(
                seen.id(),
                account,
                0,
                seen.status(),
                terms,
                seen.item(),
                seen.anchor(),
                seen.startedAt(),
                seen.trialEnd(),
                seen.cancelAt(),
                seen.endedAt(),
                seen.pausedAs(),
                seen.resumesAt(),
                seen.latestInvoice(),
                pending);
    }
}
