package io.tollgate.billing.refund;

import io.tollgate.billing.reversal.RefundRequest;
import io.tollgate.billing.reversal.SeenRefund;
import reactor.core.publisher.Mono;

/** Where refunds are made: Stripe. */
public interface RefundTill {

    /**
     * Asks for the refund; asking again for the same attempt answers the same refund. Signals {@link
     * io.tollgate.billing.checkout.StripeUnavailableException}.
     *
     * @param intent of the payment that goes back
     */
    Mono<RefundAnswer> refund(RefundRequest request, String intent);

    /** Ends the subscription that an invoice is of, at once and without settling anything; empty once it is ended, or there is none. */
    Mono<Void> endPlanOf(String invoice);

    /** What Stripe says. */
    sealed interface RefundAnswer {
        record Refunded(SeenRefund refund) implements RefundAnswer {}

        /** {@code code} says why, in Stripe's word. */
        record Refused(String code) implements RefundAnswer {}
    }
}
