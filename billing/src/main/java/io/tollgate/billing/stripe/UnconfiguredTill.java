package io.tollgate.billing.stripe;

import io.tollgate.billing.checkout.CheckoutSession;
import io.tollgate.billing.checkout.SessionRequest;
import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.checkout.StripeUnavailableException.Effect;
import io.tollgate.billing.checkout.Till;
import io.tollgate.billing.order.Order;
import io.tollgate.metering.account.AccountId;
import reactor.core.publisher.Mono;

/** What there is without a key: nothing new can be bought, and nothing can be said of what was. */
final class UnconfiguredTill implements Till {

    @Override
    public Mono<CustomerResult> createCustomer(AccountId account, int attempt) {
        return Mono.just(new CustomerResult.NotConfigured());
    }

    @Override
    public Mono<OpenResult> open(SessionRequest request) {
        return Mono.just(new OpenResult.NotConfigured());
    }

    @Override
    public Mono<CheckoutSession> session(String sessionId) {
        return unanswerable();
    }

    @Override
    public Mono<CheckoutSession> sessionOf(Order order) {
        return unanswerable();
    }

    @Override
    public Mono<CheckoutSession> expire(String sessionId) {
        return unanswerable();
    }

    private static Mono<CheckoutSession> unanswerable() {
        return Mono.error(
                () -> new StripeUnavailableException(Effect.NONE, "Stripe: no secret key is configured", null));
    }
}
