package io.tollgate.billing.planchange;

import org.jspecify.annotations.Nullable;

/** What became of the wish for another plan. */
public sealed interface ChangeResult {
    /** It would come to this; nothing was done. */
    record Previewed(Preview preview) implements ChangeResult {}

    /** It is the other plan now. */
    record Made(Preview preview) implements ChangeResult {}

    /** It will be the other plan when the period ends. */
    record Scheduled(Preview preview) implements ChangeResult {}

    /** What was to come at the period's end was taken back, so the plan stays. */
    record Kept() implements ChangeResult {}

    /**
     * The payment failed, so nothing has changed. It still changes once it is paid at {@code url}.
     *
     * @param reason Stripe's word; null if it gave none
     */
    record PaymentWanted(@Nullable String reason, @Nullable String url) implements ChangeResult {}

    /** Stripe did not say what it did. It will be found out. */
    record Undecided() implements ChangeResult {}

    record Refused(Refusal refusal) implements ChangeResult {}
}
