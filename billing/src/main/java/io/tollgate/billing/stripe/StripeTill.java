package io.tollgate.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Customer;
import com.stripe.model.StripeCollection;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.checkout.SessionListParams;
import io.tollgate.billing.checkout.CheckoutSession;
import io.tollgate.billing.checkout.SessionRequest;
import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.checkout.StripeUnavailableException.Effect;
import io.tollgate.billing.checkout.Till;
import io.tollgate.billing.order.Order;
import io.tollgate.metering.account.AccountId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Stripe through stripe-java. */
final class StripeTill implements Till {

    private static final Logger LOG = LoggerFactory.getLogger(StripeTill.class);
    private static final int NOT_FOUND = 404;
    private static final long SESSIONS_LOOKED_AT = 100;

    private final StripeClient stripe;
    private final StripeCalls calls;

    StripeTill(StripeClient stripe, StripeCalls calls) {
        this.stripe = stripe;
        this.calls = calls;
    }

    @Override
    public Mono<CustomerResult> createCustomer(AccountId account, int attempt) {
        CustomerCreateParams request = CustomerCreateParams.builder()
                .putMetadata(SessionForm.ACCOUNT, account.value())
                .build();
        RequestOptions options = idempotent("tollgate-customer-" + account + "-" + attempt);
        return calls.run(() -> stripe.v1().customers().create(request, options))
                .map(Customer::getId)
                .<CustomerResult>map(CustomerResult.Created::new)
                .onErrorResume(StripeException.class, failure -> Mono.just(new CustomerResult.Refused(code(failure))));
    }

    @Override
    public Mono<OpenResult> open(SessionRequest request) {
        RequestOptions options = idempotent(request.idempotencyKey());
        return calls.run(() -> stripe.v1().checkout().sessions().create(SessionForm.of(request), options))
                .<OpenResult>map(session -> new OpenResult.Opened(session.getId(), session.getUrl()))
                .onErrorResume(StripeException.class, failure -> Mono.just(new OpenResult.Refused(code(failure))));
    }

    @Override
    public Mono<CheckoutSession> session(String sessionId) {
        return calls.run(() -> stripe.v1().checkout().sessions().retrieve(sessionId))
                .map(SessionForm::read)
                .onErrorResume(StripeException.class, StripeTill::absent);
    }

    // Stripe lists the youngest first, and orders are looked for within hours.
    @Override
    public Mono<CheckoutSession> sessionOf(Order order) {
        SessionListParams request = SessionListParams.builder()
                .setCustomer(order.customerId())
                .setLimit(SESSIONS_LOOKED_AT)
                .build();
        return calls.run(() -> stripe.v1().checkout().sessions().list(request))
                .flatMapMany(StripeTill::elements)
                .filter(session -> order.id().value().equals(session.getClientReferenceId()))
                .next()
                .map(SessionForm::read)
                .onErrorResume(StripeException.class, StripeTill::absent);
    }

    private static Flux<Session> elements(StripeCollection<Session> page) {
        return Flux.fromIterable(page.getData());
    }

    // Whatever else Stripe refuses to show us (a changed key, say) may be there, so it is not "absent".
    private static Mono<CheckoutSession> absent(StripeException failure) {
        Integer status = failure.getStatusCode();
        return status != null && status == NOT_FOUND
                ? Mono.empty()
                : Mono.error(new StripeUnavailableException(Effect.NONE, "Stripe: " + code(failure), null));
    }

    private static RequestOptions idempotent(String key) {
        return RequestOptions.builder().setIdempotencyKey(key).build();
    }

    // Stripe's message may quote what we sent, part of a key included: the code and the request's id have to do.
    private static String code(StripeException failure) {
        String code = failure.getCode() == null ? failure.getClass().getSimpleName() : failure.getCode();
        LOG.atWarn()
                .addKeyValue("status", failure.getStatusCode())
                .addKeyValue("code", code)
                .addKeyValue("stripe_request", failure.getRequestId())
                .log("stripe_refused");
        return code;
    }
}
