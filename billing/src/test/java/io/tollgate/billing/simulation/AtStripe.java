package io.tollgate.billing.simulation;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.HasId;
import com.stripe.model.Invoice;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import com.stripe.param.DisputeListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.checkout.SessionListParams;
import io.tollgate.billing.World;
import java.util.ArrayList;
import java.util.List;

/** What Stripe itself says: the other side of every comparison. */
final class AtStripe {

    private static final long PAGE = 100;

    private final StripeClient stripe;

    private AtStripe(StripeClient stripe) {
        this.stripe = stripe;
    }

    static AtStripe of(Run run) {
        return new AtStripe(StripeClient.builder()
                .setApiKey(World.SECRET_KEY)
                .setApiBase(run.world.stripe().baseUri().toString())
                .build());
    }

    /** Everything anybody was ever asked to pay. */
    List<Session> sessions() {
        return all(() -> stripe.v1()
                .checkout()
                .sessions()
                .list(SessionListParams.builder().setLimit(PAGE).build()));
    }

    List<Invoice> invoices() {
        return all(() -> stripe.v1()
                .invoices()
                .list(InvoiceListParams.builder()
                        .setLimit(PAGE)
                        .addExpand("data.payments")
                        .build()));
    }

    /** Saved cards that were charged by themselves. */
    List<PaymentIntent> chargedByItself() {
        List<PaymentIntent> all = all(() -> stripe.v1()
                .paymentIntents()
                .list(PaymentIntentListParams.builder().setLimit(PAGE).build()));
        return all.stream()
                .filter(intent -> intent.getMetadata().containsKey("tollgate_auto_topup"))
                .filter(intent -> intent.getStatus().equals("succeeded"))
                .toList();
    }

    List<Subscription> subscriptions() {
        return all(() -> stripe.v1()
                .subscriptions()
                .list(SubscriptionListParams.builder()
                        .setLimit(PAGE)
                        .setStatus(SubscriptionListParams.Status.ALL)
                        .build()));
    }

    List<Refund> refunds() {
        return all(() -> stripe.v1()
                .refunds()
                .list(RefundListParams.builder().setLimit(PAGE).build()));
    }

    List<Dispute> disputes() {
        return all(() -> stripe.v1()
                .disputes()
                .list(DisputeListParams.builder().setLimit(PAGE).build()));
    }

    /** The youngest first. */
    List<String> liveSubscriptionsOf(Customer customer) {
        return subscriptions().stream()
                .filter(found ->
                        customer.account.value().equals(found.getMetadata().get("tollgate_account")))
                .filter(found -> !found.getStatus().equals("canceled")
                        && !found.getStatus().equals("incomplete_expired"))
                .map(Subscription::getId)
                .toList();
    }

    List<String> openInvoicesOf(String subscription) {
        return invoices().stream()
                .filter(invoice -> subscription.equals(subscriptionOf(invoice)))
                .filter(invoice -> invoice.getStatus().equals("open"))
                .map(Invoice::getId)
                .toList();
    }

    static String subscriptionOf(Invoice invoice) {
        Invoice.Parent parent = invoice.getParent();
        return parent == null || parent.getSubscriptionDetails() == null
                ? ""
                : parent.getSubscriptionDetails().getSubscription();
    }

    boolean isOnItsWay(String session) {
        return asked(() -> {
            Session found = stripe.v1().checkout().sessions().retrieve(session);
            return "payment".equals(found.getMode())
                    && found.getStatus().equals("complete")
                    && found.getPaymentStatus().equals("unpaid")
                    && intent(found.getPaymentIntent()).getStatus().equals("processing");
        });
    }

    /** What the dashboard would still let one refund. */
    long refundable(String intent) {
        return asked(() -> {
            Charge charge = charge(intent);
            return charge.getDisputed() ? 0 : charge.getAmountCaptured() - charge.getAmountRefunded();
        });
    }

    /** Once, and not what has gone back already. */
    boolean disputable(String intent) {
        return asked(() -> !charge(intent).getDisputed());
    }

    private Charge charge(String intent) throws StripeException {
        return stripe.v1().charges().retrieve(intent(intent).getLatestCharge());
    }

    private PaymentIntent intent(String id) throws StripeException {
        return stripe.v1().paymentIntents().retrieve(id);
    }

    private interface Question<T> {
        T ask() throws StripeException;
    }

    private static <T extends HasId> List<T> all(Question<? extends StripeCollection<T>> question) {
        return asked(() -> {
            List<T> found = new ArrayList<>();
            question.ask().autoPagingIterable().forEach(found::add);
            return found;
        });
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (StripeException e) {
            throw new AssertionError(e);
        }
    }
}
