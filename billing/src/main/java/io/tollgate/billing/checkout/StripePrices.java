package io.tollgate.billing.checkout;

import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.catalog.Plan;
import io.tollgate.billing.catalog.Price;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Prices and products as Stripe has them. The catalog says what is charged; a Stripe price beside it has to be the same, or nothing
 * is sold at it. Every method may signal {@link StripeUnavailableException}.
 */
public interface StripePrices {

    /**
     * Whether Stripe would charge what the catalog says. Asked once for each price while the process lives, since a price's amount
     * never changes at Stripe.
     *
     * @param interval null for what is paid once
     */
    Mono<PriceCheck> check(Price price, @Nullable Interval interval);

    /** Has the plan's product made at Stripe unless it is there, and answers its id, {@link Plan#stripeProduct}. */
    Mono<String> product(Plan plan);

    /** What Stripe's price is beside ours. */
    sealed interface PriceCheck {
        /** The same, or there is none to be compared with. */
        record Same() implements PriceCheck {}

        /** Something else: {@code what} is wrong, for the operator. */
        record Differs(String what) implements PriceCheck {}
    }
}
