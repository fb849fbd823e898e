package io.tollgate.billing.autotopup;

import reactor.core.publisher.Mono;

/**
 * Stripe, as far as charging a saved card needs it. Never called inside an SQL transaction. Every method may signal {@link
 * io.tollgate.billing.checkout.StripeUnavailableException}.
 */
public interface CardCharges {

    /** What became of a request to charge. */
    sealed interface ChargeResult {
        record Answered(Intent intent) implements ChargeResult {}

        /** Stripe will not have it, now or later: the card is gone, say. There is no payment intent. */
        record Refused(String code) implements ChargeResult {}
    }

    /** Charges the attempt's card while its holder is away; the same attempt asked twice charges once. */
    Mono<ChargeResult> charge(Attempt attempt);

    /** Empty if there is none. */
    Mono<Intent> find(String paymentIntent);

    /** The intent made for the attempt, where its id was never told us; empty if Stripe has none. */
    Mono<Intent> of(Attempt attempt);

    /** The intent that a charge is part of; empty if it is part of none. */
    Mono<Intent> ofCharge(String charge);

    /** Has an intent that was declined for want of its cardholder wait for them. */
    Mono<Intent> await(Attempt attempt, Intent declined);

    /** Cancels the intent if it can still be, and answers what it is then. */
    Mono<Intent> cancel(Attempt attempt, String paymentIntent);
}
