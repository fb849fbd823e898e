package io.tollgate.billing.stripe;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import com.stripe.param.PaymentIntentConfirmParams;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentListParams;
import io.tollgate.billing.autotopup.Attempt;
import io.tollgate.billing.autotopup.AutoTopUpSettings;
import io.tollgate.billing.autotopup.CardCharges;
import io.tollgate.billing.autotopup.Intent;
import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.checkout.StripeUnavailableException.Effect;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Payment intents for saved cards. */
final class StripeCardCharges implements CardCharges {

    /** Stripe lists the youngest first, and an attempt is looked for within minutes. */
    private static final long INTENTS_LOOKED_AT = 100;

    /** Our clock and Stripe's need not agree to the second. */
    private static final long LENIENCE_SECONDS = 300;

    private final StripeAccess stripe;
    private final AutoTopUpSettings settings;

    StripeCardCharges(StripeAccess stripe, AutoTopUpSettings settings) {
        this.stripe = stripe;
        this.settings = settings;
    }

    @Override
    public Mono<ChargeResult> charge(Attempt attempt) {
        PaymentIntentCreateParams request = PaymentIntentCreateParams.builder()
                .setAmount(attempt.price().minor())
                .setCurrency(attempt.price().currency())
                .setCustomer(attempt.customer())
                .setPaymentMethod(attempt.card().paymentMethod())
                .addPaymentMethodType("card")
                .setConfirm(true)
                .setOffSession(true)
                .setDescription(attempt.title())
                .putMetadata(IntentForm.ATTEMPT, attempt.id())
                .putMetadata(SessionForm.ACCOUNT, attempt.account().value())
                .build();
        return stripe.run(client ->
                        client.v1().paymentIntents().create(request, StripeAccess.idempotent(attempt.idempotencyKey())))
                .<ChargeResult>map(intent -> new ChargeResult.Answered(IntentForm.read(intent)))
                .onErrorResume(StripeException.class, failure -> refused(attempt, failure));
    }

    // A declined card is told as an error with the intent in it.
    private Mono<ChargeResult> refused(Attempt attempt, StripeException failure) {
        return switch (failure) {
            case CardException declined -> intentOf(attempt, declined).map(ChargeResult.Answered::new);
            case InvalidRequestException invalid -> Mono.just(new ChargeResult.Refused(StripeAccess.code(invalid)));
            default -> Mono.error(unavailable(failure));
        };
    }

    private Mono<Intent> intentOf(Attempt attempt, CardException declined) {
        StripeError error = declined.getStripeError();
        PaymentIntent intent = error == null ? null : error.getPaymentIntent();
        return intent == null
                ? of(attempt).switchIfEmpty(Mono.error(() -> unavailable(declined)))
                : Mono.just(IntentForm.read(intent));
    }

    // A wrong key or a missing permission is no fault of the card.
    private static StripeUnavailableException unavailable(StripeException failure) {
        return new StripeUnavailableException(Effect.UNKNOWN, "Stripe: " + StripeAccess.code(failure), null);
    }

    @Override
    public Mono<Intent> find(String paymentIntent) {
        return stripe.find(client -> client.v1().paymentIntents().retrieve(paymentIntent))
                .map(IntentForm::read);
    }

    @Override
    public Mono<Intent> of(Attempt attempt) {
        PaymentIntentListParams request = PaymentIntentListParams.builder()
                .setCustomer(attempt.customer())
                .setCreated(PaymentIntentListParams.Created.builder()
                        .setGte(attempt.startedAt().getEpochSecond() - LENIENCE_SECONDS)
                        .build())
                .setLimit(INTENTS_LOOKED_AT)
                .build();
        return stripe.find(client -> client.v1().paymentIntents().list(request))
                .flatMapMany(page -> Flux.fromIterable(page.getData()))
                .map(IntentForm::read)
                .filter(intent -> attempt.id().equals(intent.attempt()))
                .next();
    }

    @Override
    public Mono<Intent> ofCharge(String charge) {
        return stripe.find(client -> client.v1().charges().retrieve(charge))
                .flatMap(found -> Mono.justOrEmpty(found.getPaymentIntent()))
                .flatMap(this::find);
    }

    @Override
    public Mono<Intent> await(Attempt attempt, Intent declined) {
        PaymentIntentConfirmParams request = PaymentIntentConfirmParams.builder()
                .setPaymentMethod(attempt.card().paymentMethod())
                .setReturnUrl(settings.back().toString())
                .build();
        return stripe.run(client -> client.v1()
                        .paymentIntents()
                        .confirm(
                                declined.id(), request, StripeAccess.idempotent(attempt.idempotencyKey() + "-confirm")))
                .map(IntentForm::read)
                .onErrorResume(StripeException.class, failure -> asItIs(declined.id(), failure));
    }

    @Override
    public Mono<Intent> cancel(Attempt attempt, String paymentIntent) {
        return stripe.run(client -> client.v1()
                        .paymentIntents()
                        .cancel(paymentIntent, StripeAccess.idempotent(attempt.idempotencyKey() + "-cancel")))
                .map(IntentForm::read)
                .onErrorResume(StripeException.class, failure -> asItIs(paymentIntent, failure));
    }

    // What Stripe does not let us do any more is done, or overtaken: the intent itself says which.
    private Mono<Intent> asItIs(String paymentIntent, StripeException failure) {
        StripeAccess.code(failure);
        return find(paymentIntent);
    }
}
