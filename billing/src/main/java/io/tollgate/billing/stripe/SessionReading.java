package io.tollgate.billing.stripe;

import com.stripe.model.checkout.Session;
import io.tollgate.billing.checkout.CheckoutSession;
import io.tollgate.billing.checkout.CheckoutSession.Outcome;
import io.tollgate.billing.checkout.CheckoutSession.Payment;
import io.tollgate.billing.checkout.CheckoutSession.Status;
import org.jspecify.annotations.Nullable;

/** Stripe's sessions in our words. */
final class SessionReading {

    private SessionReading() {}

    static CheckoutSession read(Session session) {
        Long total = session.getAmountTotal();
        String currency = session.getCurrency();
        return new CheckoutSession(
                session.getId(),
                session.getUrl(),
                session.getClientReferenceId(),
                status(session.getStatus()),
                payment(session.getPaymentStatus()),
                total == null ? 0 : total,
                currency == null ? "" : currency,
                session.getPaymentIntent(),
                new Outcome(session.getSubscription(), session.getInvoice(), email(session), discount(session)));
    }

    // A discount on a session that takes no codes is none of ours.
    private static long discount(Session session) {
        Session.TotalDetails details = session.getTotalDetails();
        Long discount = details == null ? null : details.getAmountDiscount();
        return discount == null || !Boolean.TRUE.equals(session.getAllowPromotionCodes()) ? 0 : discount;
    }

    private static @Nullable String email(Session session) {
        Session.CustomerDetails details = session.getCustomerDetails();
        return details == null ? null : details.getEmail();
    }

    // A word we do not know neither closes an order nor pays it.
    private static Status status(String word) {
        return switch (word) {
            case "complete" -> Status.COMPLETE;
            case "expired" -> Status.EXPIRED;
            case null, default -> Status.OPEN;
        };
    }

    private static Payment payment(String word) {
        return switch (word) {
            case "paid" -> Payment.PAID;
            case "no_payment_required" -> Payment.NOT_REQUIRED;
            case null, default -> Payment.UNPAID;
        };
    }
}
