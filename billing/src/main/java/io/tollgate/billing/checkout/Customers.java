package io.tollgate.billing.checkout;

import io.tollgate.metering.account.AccountId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Which customer at Stripe an account is. */
public interface Customers {

    /**
     * An account's place in the book of customers.
     *
     * @param attempt counts the requests to Stripe that cannot be repeated because Stripe would repeat its failure
     * @param customerId null until Stripe has created it
     */
    record Customer(
            AccountId account, int attempt, @Nullable String customerId) {}

    /** The account's row, made now if there was none. */
    Mono<Customer> of(AccountId account);

    /** Records the customer unless one was recorded before, and answers the recorded one. */
    Mono<String> created(AccountId account, String customerId);

    /** Gives up on an attempt, unless someone did before. */
    Mono<Void> abandon(AccountId account, int attempt);
}
