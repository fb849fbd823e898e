package io.tollgate.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.Refund;
import com.stripe.model.Subscription;
import com.stripe.net.RequestOptions;
import com.stripe.param.RefundCreateParams;
import io.tollgate.billing.checkout.StripeUnavailableException;
import io.tollgate.billing.checkout.StripeUnavailableException.Effect;
import io.tollgate.billing.refund.RefundTill;
import io.tollgate.billing.reversal.RefundRequest;
import io.tollgate.billing.reversal.RefundRequest.AskedBy;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes refunds through stripe-java. */
final class StripeRefundTill implements RefundTill {

    /** What is wrong with the refund itself; everything else is wrong with us, and may be mended. */
    private static final Set<Integer> REFUSED = Set.of(400, 402, 404);

    private static final Set<String> OVER = Set.of("canceled", "incomplete_expired");

    private final StripeAccess stripe;

    StripeRefundTill(StripeAccess stripe) {
        this.stripe = stripe;
    }

    @Override
    public Mono<RefundAnswer> refund(RefundRequest request, String intent) {
        RequestOptions options = StripeAccess.idempotent("tollgate-refund-" + request.id() + "-" + request.attempt());
        return stripe.run(client -> client.v1().refunds().create(form(request, intent), options))
                .map(StripeRefundTill::refunded)
                .onErrorResume(StripeException.class, StripeRefundTill::refused);
    }

    @Override
    public Mono<Void> endPlanOf(String invoice) {
        return stripe.find(client -> ended(client, invoice))
                .onErrorMap(StripeException.class, StripeRefundTill::mayPass)
                .then();
    }

    private static RefundCreateParams form(RefundRequest request, String intent) {
        return RefundCreateParams.builder()
                .setPaymentIntent(intent)
                .setAmount(request.amount().minor())
                .setReason(
                        request.askedBy() == AskedBy.FRAUD_WARNING
                                ? RefundCreateParams.Reason.FRAUDULENT
                                : RefundCreateParams.Reason.REQUESTED_BY_CUSTOMER)
                .putMetadata(ReversalForm.REQUEST, request.id())
                .putMetadata(SessionForm.ACCOUNT, request.account().value())
                .build();
    }

    private static RefundAnswer refunded(Refund refund) {
        return new RefundAnswer.Refunded(ReversalForm.read(refund));
    }

    private static Mono<RefundAnswer> refused(StripeException failure) {
        Integer status = failure.getStatusCode();
        return status != null && REFUSED.contains(status)
                ? Mono.just(new RefundAnswer.Refused(StripeAccess.code(failure)))
                : Mono.error(mayPass(failure));
    }

    private static StripeUnavailableException mayPass(StripeException failure) {
        return new StripeUnavailableException(Effect.NONE, "Stripe: " + StripeAccess.code(failure), null);
    }

    /** The subscription, which is over now; null if the invoice is of none. */
    private static @Nullable Subscription ended(StripeClient client, String invoiceId) throws StripeException {
        Invoice invoice = client.v1().invoices().retrieve(invoiceId);
        Invoice.Parent parent = invoice.getParent();
        if (parent == null || parent.getSubscriptionDetails() == null) {
            return null;
        }
        String id = parent.getSubscriptionDetails().getSubscription();
        Subscription subscription = client.v1().subscriptions().retrieve(id);
        return OVER.contains(subscription.getStatus())
                ? subscription
                : client.v1().subscriptions().cancel(id);
    }
}
