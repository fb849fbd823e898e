package io.tollgate.billing.stripe;

import com.stripe.exception.StripeException;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionSchedule;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionRetrieveParams;
import com.stripe.param.SubscriptionScheduleCreateParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.PauseCollection;
import com.stripe.param.billingportal.SessionCreateParams;
import com.stripe.param.common.EmptyParam;
import io.tollgate.billing.planchange.ChangeTill;
import io.tollgate.billing.planchange.HeldPlan;
import io.tollgate.billing.planchange.Proposal;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Changes of plans through stripe-java. */
final class StripeChangeTill implements ChangeTill {

    private static final SubscriptionRetrieveParams HELD = SubscriptionRetrieveParams.builder()
            .addExpand(StripePlanTill.SCHEDULED)
            .build();

    private final StripeAccess stripe;
    private final @Nullable String portalConfiguration;

    /** With the portal's configuration at Stripe; null for the usual one. */
    StripeChangeTill(StripeAccess stripe, @Nullable String portalConfiguration) {
        this.stripe = stripe;
        this.portalConfiguration = portalConfiguration;
    }

    @Override
    public Mono<HeldPlan> held(String subscription) {
        return stripe.find(client -> client.v1().subscriptions().retrieve(subscription, HELD))
                .map(ChangeForm::read);
    }

    @Override
    public Mono<String> scheduled(String schedule) {
        return stripe.find(client -> client.v1().subscriptionSchedules().retrieve(schedule))
                .mapNotNull(found ->
                        Optional.ofNullable(found.getSubscription()).orElseGet(found::getReleasedSubscription));
    }

    @Override
    public Mono<EstimateResult> estimate(Proposal proposal) {
        return preview(ChangeForm.estimate(proposal));
    }

    @Override
    public Mono<EstimateResult> renewal(Proposal proposal) {
        return preview(ChangeForm.renewal(proposal));
    }

    private Mono<EstimateResult> preview(InvoiceCreatePreviewParams request) {
        return stripe.run(client -> client.v1().invoices().createPreview(request))
                .<EstimateResult>map(invoice -> new EstimateResult.Estimated(ChangeForm.read(invoice)))
                .onErrorResume(
                        StripeException.class,
                        failure -> Mono.just(new EstimateResult.Refused(StripeAccess.code(failure))));
    }

    @Override
    public Mono<Done> change(Proposal proposal, String idempotencyKey) {
        SubscriptionUpdateParams request = ChangeForm.change(proposal);
        return done(stripe.run(client -> client.v1()
                        .subscriptions()
                        .update(proposal.held().seen().id(), request, StripeAccess.idempotent(idempotencyKey)))
                .map(ChangeForm::read));
    }

    @Override
    public Mono<Done> schedule(Proposal proposal, String idempotencyKey) {
        String subscription = proposal.held().seen().id();
        SubscriptionScheduleCreateParams request = SubscriptionScheduleCreateParams.builder()
                .setFromSubscription(subscription)
                .build();
        return done(stripe.run(client ->
                        client.v1().subscriptionSchedules().create(request, StripeAccess.idempotent(idempotencyKey)))
                .map(SubscriptionSchedule::getId)
                .flatMap(schedule -> stripe.run(client -> client.v1()
                        .subscriptionSchedules()
                        .update(
                                schedule,
                                ChangeForm.phases(proposal),
                                StripeAccess.idempotent(idempotencyKey + "-phases"))))
                .flatMap(_ -> held(subscription)));
    }

    // One that was released before is as it should be.
    @Override
    public Mono<Done> release(String schedule) {
        return stripe.run(client -> client.v1().subscriptionSchedules().release(schedule))
                .onErrorResume(StripeException.class, failure -> {
                    String _ = StripeAccess.code(failure);
                    return Mono.empty();
                })
                .then(scheduled(schedule))
                .flatMap(this::held)
                .map(Done.As::new);
    }

    @Override
    public Mono<Done> endAtPeriodEnd(String subscription) {
        return update(
                subscription,
                SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true).build());
    }

    @Override
    public Mono<Done> keep(String subscription) {
        return stripe.find(client -> client.v1().subscriptions().retrieve(subscription))
                .flatMap(found -> update(subscription, staying(found)));
    }

    // Some end at a date of their own.
    private static SubscriptionUpdateParams staying(Subscription found) {
        return Boolean.TRUE.equals(found.getCancelAtPeriodEnd())
                ? SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(false).build()
                : SubscriptionUpdateParams.builder()
                        .setCancelAt(EmptyParam.EMPTY)
                        .build();
    }

    @Override
    public Mono<Done> endNow(String subscription) {
        SubscriptionCancelParams request = SubscriptionCancelParams.builder()
                .setProrate(false)
                .setInvoiceNow(false)
                .build();
        return done(stripe.run(client -> client.v1().subscriptions().cancel(subscription, request))
                .flatMap(_ -> held(subscription)));
    }

    @Override
    public Mono<Done> pause(String subscription, PauseAs behaviour, @Nullable Instant resumesAt) {
        PauseCollection.Builder pause = PauseCollection.builder().setBehavior(behaviour(behaviour));
        if (resumesAt != null) {
            pause.setResumesAt(resumesAt.getEpochSecond());
        }
        return update(
                subscription,
                SubscriptionUpdateParams.builder()
                        .setPauseCollection(pause.build())
                        .build());
    }

    @Override
    public Mono<Done> resume(String subscription) {
        return update(
                subscription,
                SubscriptionUpdateParams.builder()
                        .setPauseCollection(EmptyParam.EMPTY)
                        .build());
    }

    @Override
    public Mono<PortalResult> portal(String customer, URI returnUrl) {
        SessionCreateParams.Builder request =
                SessionCreateParams.builder().setCustomer(customer).setReturnUrl(returnUrl.toString());
        if (portalConfiguration != null) {
            request.setConfiguration(portalConfiguration);
        }
        return stripe.run(client -> client.v1().billingPortal().sessions().create(request.build()))
                .<PortalResult>map(session -> new PortalResult.Open(session.getUrl()))
                .onErrorResume(
                        StripeException.class,
                        failure -> Mono.just(new PortalResult.Refused(StripeAccess.code(failure))));
    }

    private Mono<Done> update(String subscription, SubscriptionUpdateParams request) {
        return done(stripe.run(client -> client.v1().subscriptions().update(subscription, request))
                .flatMap(_ -> held(subscription)));
    }

    private static Mono<Done> done(Mono<HeldPlan> request) {
        return request.<Done>map(Done.As::new)
                .onErrorResume(
                        StripeException.class, failure -> Mono.just(new Done.Refused(StripeAccess.code(failure))));
    }

    private static PauseCollection.Behavior behaviour(PauseAs behaviour) {
        return switch (behaviour) {
            case VOID -> PauseCollection.Behavior.VOID;
            case KEEP_AS_DRAFT -> PauseCollection.Behavior.KEEP_AS_DRAFT;
            case MARK_UNCOLLECTIBLE -> PauseCollection.Behavior.MARK_UNCOLLECTIBLE;
        };
    }
}
