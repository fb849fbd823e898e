package io.tollgate.billing.stripe;

import static java.util.Objects.requireNonNull;

import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionItem;
import com.stripe.param.InvoiceCreatePreviewParams;
import com.stripe.param.InvoiceCreatePreviewParams.SubscriptionDetails;
import com.stripe.param.SubscriptionScheduleUpdateParams;
import com.stripe.param.SubscriptionScheduleUpdateParams.Phase;
import com.stripe.param.SubscriptionUpdateParams;
import io.tollgate.billing.catalog.PlanPrice;
import io.tollgate.billing.planchange.Estimate;
import io.tollgate.billing.planchange.HeldPlan;
import io.tollgate.billing.planchange.Proposal;
import io.tollgate.billing.subscription.StripeSubscription;
import io.tollgate.metering.ledger.Money;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Our changes of plans in Stripe's words, and Stripe's answers in ours. */
final class ChangeForm {

    private static final String ITEMS = "items";
    private static final String PREVIEW = "preview";

    private ChangeForm() {}

    static HeldPlan read(Subscription subscription) {
        StripeSubscription seen = SubscriptionForm.read(subscription);
        SubscriptionItem item = subscription.getItems().getData().getFirst();
        Long amount = item.getPrice().getUnitAmount();
        long quantity = item.getQuantity() == null ? 1 : item.getQuantity();
        Instant waitsUntil = subscription.getPendingUpdate() == null
                ? null
                : SubscriptionForm.instant(
                        requireNonNull(subscription.getPendingUpdate().getExpiresAt()));
        return new HeldPlan(
                seen,
                new Money(
                        amount == null ? 0 : amount * quantity, item.getPrice().getCurrency()),
                subscription.getSchedule(),
                waitsUntil);
    }

    static SubscriptionUpdateParams change(Proposal proposal) {
        return SubscriptionUpdateParams.builder()
                .putExtraParam(ITEMS, List.of(item(proposal)))
                .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.ALWAYS_INVOICE)
                .setPaymentBehavior(SubscriptionUpdateParams.PaymentBehavior.PENDING_IF_INCOMPLETE)
                .setProrationDate(proposal.proratedAt().getEpochSecond())
                .addExpand(StripePlanTill.SCHEDULED)
                .build();
    }

    static InvoiceCreatePreviewParams estimate(Proposal proposal) {
        return preview(
                proposal,
                SubscriptionDetails.builder()
                        .setProrationBehavior(SubscriptionDetails.ProrationBehavior.ALWAYS_INVOICE)
                        .setProrationDate(proposal.proratedAt().getEpochSecond()));
    }

    static InvoiceCreatePreviewParams renewal(Proposal proposal) {
        return preview(
                proposal,
                SubscriptionDetails.builder().setProrationBehavior(SubscriptionDetails.ProrationBehavior.NONE));
    }

    private static InvoiceCreatePreviewParams preview(Proposal proposal, SubscriptionDetails.Builder details) {
        return InvoiceCreatePreviewParams.builder()
                .setSubscription(proposal.held().seen().id())
                .setSubscriptionDetails(
                        details.putExtraParam(ITEMS, List.of(item(proposal))).build())
                .build();
    }

    /** The running phase as it is, and then one period of the other plan; after that, Stripe lets go of it. */
    static SubscriptionScheduleUpdateParams phases(Proposal proposal) {
        StripeSubscription.Item now = proposal.held().seen().item();
        Map<String, Object> then = new HashMap<>(price(proposal));
        then.put("quantity", 1);
        return SubscriptionScheduleUpdateParams.builder()
                .setEndBehavior(SubscriptionScheduleUpdateParams.EndBehavior.RELEASE)
                .addPhase(Phase.builder()
                        .setStartDate(now.periodStart().getEpochSecond())
                        .setEndDate(now.periodEnd().getEpochSecond())
                        .addItem(Phase.Item.builder()
                                .setPrice(now.price())
                                .setQuantity(1L)
                                .build())
                        .build())
                .addPhase(Phase.builder()
                        .setStartDate(now.periodEnd().getEpochSecond())
                        .putExtraParam(
                                "duration",
                                Map.of("interval", proposal.interval().word(), "interval_count", 1))
                        .putExtraParam(ITEMS, List.of(then))
                        .setProrationBehavior(Phase.ProrationBehavior.NONE)
                        .build())
                .build();
    }

    static Estimate read(Invoice invoice) {
        if (invoice.getId() == null) {
            invoice.setId(PREVIEW);
        }
        return new Estimate(
                InvoiceForm.read(invoice, invoice.getLines().getData()),
                new Money(requireNonNull(invoice.getAmountDue()), invoice.getCurrency()));
    }

    private static Map<String, Object> item(Proposal proposal) {
        Map<String, Object> item = new HashMap<>(price(proposal));
        item.put("id", proposal.held().seen().item().id());
        return item;
    }

    private static Map<String, Object> price(Proposal proposal) {
        PlanPrice price = requireNonNull(proposal.price());
        String stripeId = price.price().stripeId();
        return stripeId == null
                ? Map.of(
                        "price_data",
                        Map.of(
                                "currency", price.currency(),
                                "product", proposal.offer().plan().stripeProduct(),
                                "unit_amount", price.money().minor(),
                                "recurring", Map.of("interval", price.interval().word())))
                : Map.of("price", stripeId);
    }
}
