package io.tollgate.billing.history;

import io.tollgate.billing.payment.Payment;
import reactor.core.publisher.Mono;

/** Stripe, as far as papers of payments need it. */
@FunctionalInterface
public interface PapersAtStripe {

    /** Never empty. May signal {@link io.tollgate.billing.checkout.StripeUnavailableException}. */
    Mono<Papers> of(Payment payment);
}
