package io.tollgate.billing.reversal;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Payments as Stripe has them. Every method may signal {@link io.tollgate.billing.checkout.StripeUnavailableException}. */
public interface ChargesAtStripe {

    /**
     * What an object is about.
     *
     * @param intent the payment intent; null for a charge that was made without one, and so not by us
     */
    record Origin(@Nullable String intent) {}

    /** The payment that a charge, a refund, a dispute or an early fraud warning is about, told by the id; empty if there is none. */
    Mono<Origin> originOf(String id);

    /** Whose payment it is; empty where nothing says so. */
    Mono<String> customerOf(String intent);

    /** Empty if Stripe has no such payment intent. */
    Mono<Reading> read(String intent);
}
