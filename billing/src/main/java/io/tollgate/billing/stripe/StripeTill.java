package io.tollgate.billing.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.StripeCollection;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.checkout.SessionListParams;
import io.tollgate.billing.checkout.CheckoutSession;
import io.tollgate.billing.checkout.SessionRequest;
import io.tollgate.billing.checkout.Till;
import io.tollgate.billing.order.Order;
import io.tollgate.metering.account.AccountId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Stripe through stripe-java. */
final class StripeTill implements Till {

    private static final long SESSIONS_LOOKED_AT = 100;

    private final StripeAccess stripe;

    StripeTill(StripeAccess stripe) {
        this.stripe = stripe;
    }

    @Override
    public Mono<CustomerResult> createCustomer(AccountId account, int attempt) {
        CustomerCreateParams request = CustomerCreateParams.builder()
                .putMetadata(SessionForm.ACCOUNT, account.value())
                .build();
        RequestOptions options = StripeAccess.idempotent("tollgate-customer-" + account + "-" + attempt);
        return stripe.run(client -> client.v1().customers().create(request, options))
                .map(Customer::getId)
                .<CustomerResult>map(CustomerResult.Created::new)
                .onErrorResume(
                        StripeException.class,
                        failure -> Mono.just(new CustomerResult.Refused(StripeAccess.code(failure))));
    }

    @Override
    public Mono<OpenResult> open(SessionRequest request) {
        RequestOptions options = StripeAccess.idempotent(request.idempotencyKey());
        return stripe.run(client -> client.v1().checkout().sessions().create(SessionForm.of(request), options))
                .<OpenResult>map(session -> new OpenResult.Opened(session.getId(), session.getUrl()))
                .onErrorResume(
                        StripeException.class,
                        failure -> Mono.just(new OpenResult.Refused(StripeAccess.code(failure))));
    }

    @Override
    public Mono<CheckoutSession> session(String sessionId) {
        return stripe.find(client -> client.v1().checkout().sessions().retrieve(sessionId))
                .map(SessionReading::read);
    }

    // Stripe lists the youngest first, and orders are looked for within hours.
    @Override
    public Mono<CheckoutSession> sessionOf(Order order) {
        SessionListParams request = SessionListParams.builder()
                .setCustomer(order.customerId())
                .setLimit(SESSIONS_LOOKED_AT)
                .build();
        return stripe.find(client -> client.v1().checkout().sessions().list(request))
                .flatMapMany(StripeTill::elements)
                .filter(session -> order.id().value().equals(session.getClientReferenceId()))
                .next()
                .map(SessionReading::read);
    }

    // Stripe refuses to close what is closed, or was just paid: whichever it is, the session says.
    @Override
    public Mono<CheckoutSession> expire(String sessionId) {
        return stripe.run(client -> client.v1().checkout().sessions().expire(sessionId))
                .map(SessionReading::read)
                .onErrorResume(StripeException.class, _ -> session(sessionId));
    }

    private static Flux<Session> elements(StripeCollection<Session> page) {
        return Flux.fromIterable(page.getData());
    }
}
