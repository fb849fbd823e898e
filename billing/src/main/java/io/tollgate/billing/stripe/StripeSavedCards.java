package io.tollgate.billing.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.PaymentMethod;
import com.stripe.model.checkout.Session;
import com.stripe.param.CustomerPaymentMethodListParams;
import com.stripe.param.checkout.SessionCreateParams;
import io.tollgate.billing.autotopup.Card;
import io.tollgate.billing.autotopup.SavedCards;
import java.net.URI;
import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Payment methods of customers, and the sessions they are saved in. */
final class StripeSavedCards implements SavedCards {

    private static final String SETUP = "setup";
    private static final String COMPLETE = "complete";

    private final StripeAccess stripe;

    StripeSavedCards(StripeAccess stripe) {
        this.stripe = stripe;
    }

    @Override
    public Mono<SetupResult> open(String customer, String key, URI back) {
        if (!stripe.isConfigured()) {
            return Mono.just(new SetupResult.NotConfigured());
        }
        SessionCreateParams request = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.SETUP)
                .setCustomer(customer)
                .addPaymentMethodType(SessionCreateParams.PaymentMethodType.CARD)
                .setSuccessUrl(back.toString())
                .setCancelUrl(back.toString())
                .build();
        return stripe.run(client -> client.v1().checkout().sessions().create(request, StripeAccess.idempotent(key)))
                .<SetupResult>map(session -> new SetupResult.Started(session.getUrl(), session.getId()))
                .onErrorResume(
                        StripeException.class,
                        failure -> Mono.just(new SetupResult.Refused(StripeAccess.code(failure))));
    }

    @Override
    public Mono<Setup> savedIn(String sessionId) {
        return stripe.find(client -> client.v1().checkout().sessions().retrieve(sessionId))
                .filter(session -> SETUP.equals(session.getMode()) && COMPLETE.equals(session.getStatus()))
                .flatMap(this::methodOf)
                .filter(StripeSavedCards::isCard)
                .map(method -> new Setup(read(method), Instant.ofEpochSecond(method.getCreated())));
    }

    private Mono<PaymentMethod> methodOf(Session session) {
        return Mono.justOrEmpty(session.getSetupIntent())
                .flatMap(id -> stripe.find(client -> client.v1().setupIntents().retrieve(id)))
                .flatMap(setup -> Mono.justOrEmpty(setup.getPaymentMethod()))
                .flatMap(this::method);
    }

    private Mono<PaymentMethod> method(String id) {
        return stripe.find(client -> client.v1().paymentMethods().retrieve(id));
    }

    @Override
    public Mono<Owned> find(String paymentMethod) {
        return method(paymentMethod).filter(StripeSavedCards::isCard).map(StripeSavedCards::read);
    }

    @Override
    public Mono<Owned> latestOf(String customer) {
        CustomerPaymentMethodListParams request = CustomerPaymentMethodListParams.builder()
                .setType(CustomerPaymentMethodListParams.Type.CARD)
                .setLimit(1L)
                .build();
        return stripe.find(client -> client.v1().customers().paymentMethods().list(customer, request))
                .flatMapMany(page -> Flux.fromIterable(page.getData()))
                .next()
                .filter(StripeSavedCards::isCard)
                .map(StripeSavedCards::read);
    }

    @Override
    public Mono<Owned> defaultOf(String customer) {
        return stripe.find(client -> client.v1().customers().retrieve(customer))
                .flatMap(found -> Mono.justOrEmpty(found.getInvoiceSettings()))
                .flatMap(settings -> Mono.justOrEmpty(settings.getDefaultPaymentMethod()))
                .flatMap(this::find);
    }

    private static boolean isCard(PaymentMethod method) {
        return method.getCard() != null && method.getCard().getFingerprint() != null;
    }

    private static Owned read(PaymentMethod method) {
        PaymentMethod.Card card = method.getCard();
        return new Owned(
                new Card(method.getId(), card.getFingerprint(), card.getBrand(), card.getLast4()),
                method.getCustomer());
    }
}
