package io.tollgate.billing.stripe;

import static java.util.Objects.requireNonNull;

import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.InvoicePayment;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import io.tollgate.billing.dunning.OpenBill;
import io.tollgate.billing.subscription.StripeInvoice;
import io.tollgate.billing.subscription.StripeInvoice.Line;
import io.tollgate.billing.subscription.StripeInvoice.Reason;
import io.tollgate.billing.subscription.StripeInvoice.Status;
import io.tollgate.metering.ledger.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stripe's invoices in our words. */
final class InvoiceForm {

    /** Stripe gives no reason where there was nothing to try. */
    private static final String NO_CARD = "payment_method_required";

    private InvoiceForm() {}

    /** With {@code lines}, all that it has. */
    static StripeInvoice read(Invoice invoice, List<InvoiceLineItem> lines) {
        InvoicePayment payment = payment(invoice);
        PaymentIntent intent = payment == null ? null : payment.getPayment().getPaymentIntentObject();
        Long attempts = invoice.getAttemptCount();
        return new StripeInvoice(
                invoice.getId(),
                subscription(invoice),
                reason(invoice.getBillingReason()),
                status(invoice.getStatus()),
                requireNonNull(invoice.getTotal()),
                new Money(requireNonNull(invoice.getAmountPaid()), invoice.getCurrency()),
                attempts == null ? 0 : attempts,
                invoice.getHostedInvoiceUrl(),
                lines.stream().map(InvoiceForm::line).toList(),
                payment == null ? null : payment.getPayment().getPaymentIntent(),
                intent == null ? null : failure(intent),
                invoice.getStatusTransitions() == null
                        ? null
                        : SubscriptionForm.orNull(invoice.getStatusTransitions().getPaidAt()));
    }

    private static @Nullable String subscription(Invoice invoice) {
        return invoice.getParent() == null || invoice.getParent().getSubscriptionDetails() == null
                ? null
                : invoice.getParent().getSubscriptionDetails().getSubscription();
    }

    // The one that paid, or else the one that is to.
    private static @Nullable InvoicePayment payment(Invoice invoice) {
        List<InvoicePayment> all = invoice.getPayments() == null
                ? List.of()
                : invoice.getPayments().getData();
        return all.stream()
                .filter(payment -> "paid".equals(payment.getStatus()))
                .findFirst()
                .or(() -> all.stream()
                        .filter(payment -> "open".equals(payment.getStatus()))
                        .findFirst())
                .filter(payment -> payment.getPayment() != null)
                .orElse(null);
    }

    // What is under way has not failed, whatever came before.
    private static @Nullable String failure(PaymentIntent intent) {
        return switch (intent.getStatus()) {
            case "requires_action" -> OpenBill.CONFIRMATION_WANTED;
            case "requires_payment_method" -> declined(intent.getLastPaymentError());
            case null, default -> null;
        };
    }

    private static String declined(@Nullable StripeError error) {
        if (error == null) {
            return NO_CARD;
        }
        String reason = error.getDeclineCode() == null ? error.getCode() : error.getDeclineCode();
        return reason == null ? NO_CARD : reason;
    }

    private static Line line(InvoiceLineItem line) {
        InvoiceLineItem.Parent.SubscriptionItemDetails details =
                line.getParent() == null ? null : line.getParent().getSubscriptionItemDetails();
        InvoiceLineItem.Pricing.PriceDetails price =
                line.getPricing() == null ? null : line.getPricing().getPriceDetails();
        return new Line(
                details == null ? null : details.getSubscriptionItem(),
                price == null ? null : price.getPrice(),
                price == null ? null : SubscriptionForm.planOf(price.getProduct()),
                details != null && Boolean.TRUE.equals(details.getProration()) ? Line.Kind.PRORATION : Line.Kind.PERIOD,
                requireNonNull(line.getAmount()),
                SubscriptionForm.instant(requireNonNull(line.getPeriod().getStart())),
                SubscriptionForm.instant(requireNonNull(line.getPeriod().getEnd())));
    }

    private static Reason reason(@Nullable String word) {
        return switch (word) {
            case "subscription_create" -> Reason.SUBSCRIPTION_CREATE;
            case "subscription_cycle" -> Reason.SUBSCRIPTION_CYCLE;
            case "subscription_update" -> Reason.SUBSCRIPTION_UPDATE;
            case null, default -> Reason.OTHER;
        };
    }

    // A word we do not know pays nothing and closes nothing.
    private static Status status(@Nullable String word) {
        return switch (word) {
            case "open" -> Status.OPEN;
            case "paid" -> Status.PAID;
            case "void" -> Status.VOID;
            case "uncollectible" -> Status.UNCOLLECTIBLE;
            case null, default -> Status.DRAFT;
        };
    }
}
