package io.tollgate.billing.stripe;

import com.stripe.model.checkout.Session;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData.ProductData;
import com.stripe.param.checkout.SessionCreateParams.PaymentIntentData;
import io.tollgate.billing.checkout.CheckoutSession;
import io.tollgate.billing.checkout.CheckoutSession.Payment;
import io.tollgate.billing.checkout.CheckoutSession.Status;
import io.tollgate.billing.checkout.SessionRequest;
import io.tollgate.billing.order.Order;
import java.util.Map;

/** Our sessions in Stripe's words, and back. */
final class SessionForm {

    static final String ACCOUNT = "tollgate_account";
    private static final String ORDER = "tollgate_order";

    private SessionForm() {}

    static SessionCreateParams of(SessionRequest request) {
        Order order = request.order();
        Map<String, String> metadata =
                Map.of(ORDER, order.id().value(), ACCOUNT, order.account().value());
        return SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setCustomer(order.customerId())
                .setClientReferenceId(order.id().value())
                .putAllMetadata(metadata)
                .setPaymentIntentData(
                        PaymentIntentData.builder().putAllMetadata(metadata).build())
                .addLineItem(LineItem.builder()
                        .setQuantity(1L)
                        .setPriceData(price(order))
                        .build())
                .setSuccessUrl(request.successUrl())
                .setCancelUrl(request.cancelUrl())
                .setExpiresAt(order.sessionExpiresAt().getEpochSecond())
                .build();
    }

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
                session.getPaymentIntent());
    }

    private static PriceData price(Order order) {
        return PriceData.builder()
                .setCurrency(order.price().currency())
                .setUnitAmount(order.price().minor())
                .setProductData(ProductData.builder().setName(order.title()).build())
                .build();
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
