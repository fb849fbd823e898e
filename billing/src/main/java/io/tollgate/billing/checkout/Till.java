package io.tollgate.billing.checkout;

import io.tollgate.billing.order.Order;
import io.tollgate.metering.account.AccountId;
import reactor.core.publisher.Mono;

/**
 * Stripe, as far as checkouts need it. Never called inside an SQL transaction. Every method may signal {@link
 * StripeUnavailableException}.
 */
public interface Till {

    /** Creates the account's customer; the same attempt asked twice creates one. */
    Mono<CustomerResult> createCustomer(AccountId account, int attempt);

    Mono<OpenResult> open(SessionRequest request);

    /** Empty if Stripe knows no such session, or has none for us because we have no key. */
    Mono<CheckoutSession> session(String sessionId);

    /** The session that was opened for the order; empty if there is none. */
    Mono<CheckoutSession> sessionOf(Order order);

    /** Closes the session if it is still open, and answers it as it then is; empty if there is none. */
    Mono<CheckoutSession> expire(String sessionId);

    /** What became of a request to create a customer. */
    sealed interface CustomerResult {
        record Created(String customerId) implements CustomerResult {}

        /** Stripe will not do it, now or later. */
        record Refused(String code) implements CustomerResult {}

        /** We have no key for Stripe. */
        record NotConfigured() implements CustomerResult {}
    }

    /** What became of a request to open a session. */
    sealed interface OpenResult {
        record Opened(String sessionId, String url) implements OpenResult {}

        /** Stripe will not do it, now or later. */
        record Refused(String code) implements OpenResult {}

        /** We have no key for Stripe. */
        record NotConfigured() implements OpenResult {}
    }
}
