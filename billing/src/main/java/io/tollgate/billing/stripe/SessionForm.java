package io.tollgate.billing.stripe;

import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.AutomaticTax;
import com.stripe.param.checkout.SessionCreateParams.CustomerUpdate;
import com.stripe.param.checkout.SessionCreateParams.InvoiceCreation;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData.ProductData;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData.Recurring;
import com.stripe.param.checkout.SessionCreateParams.PaymentIntentData;
import com.stripe.param.checkout.SessionCreateParams.PaymentIntentData.SetupFutureUsage;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData;
import com.stripe.param.checkout.SessionCreateParams.TaxIdCollection;
import io.tollgate.billing.catalog.Interval;
import io.tollgate.billing.checkout.SessionOptions;
import io.tollgate.billing.checkout.SessionRequest;
import io.tollgate.billing.checkout.Visit.CardUse;
import io.tollgate.billing.checkout.Wanted;
import io.tollgate.billing.order.Order;
import io.tollgate.billing.order.OrderedPlan;
import java.util.HashMap;
import java.util.Map;

/** Our sessions in Stripe's words. */
final class SessionForm {

    static final String ACCOUNT = "tollgate_account";
    static final String ORDER = "tollgate_order";
    static final String PLAN = "tollgate_plan";

    private SessionForm() {}

    static SessionCreateParams of(SessionRequest request) {
        Order order = request.order();
        SessionCreateParams.Builder form = SessionCreateParams.builder()
                .setCustomer(order.customerId())
                .setClientReferenceId(order.id().value())
                .putAllMetadata(metadata(order))
                .addLineItem(line(request.wanted(), order))
                .setSuccessUrl(request.successUrl())
                .setCancelUrl(request.cancelUrl())
                .putExtraParam("locale", request.locale())
                .setExpiresAt(order.sessionExpiresAt().getEpochSecond());
        OrderedPlan plan = order.plan();
        if (plan == null) {
            once(form, request);
        } else {
            recurring(form, order, plan);
        }
        options(form, request.options());
        return form.build();
    }

    private static void once(SessionCreateParams.Builder form, SessionRequest request) {
        PaymentIntentData.Builder intent = PaymentIntentData.builder().putAllMetadata(metadata(request.order()));
        if (request.visit().cardUse() == CardUse.KEEP) {
            intent.setSetupFutureUsage(SetupFutureUsage.OFF_SESSION);
        }
        form.setMode(SessionCreateParams.Mode.PAYMENT).setPaymentIntentData(intent.build());
        if (request.options().invoices()) {
            form.setInvoiceCreation(InvoiceCreation.builder()
                    .setEnabled(true)
                    .setInvoiceData(InvoiceCreation.InvoiceData.builder()
                            .putAllMetadata(metadata(request.order()))
                            .build())
                    .build());
        }
    }

    private static void recurring(SessionCreateParams.Builder form, Order order, OrderedPlan plan) {
        SubscriptionData.Builder data = SubscriptionData.builder().putAllMetadata(metadata(order));
        if (plan.trialDays() > 0) {
            data.setTrialPeriodDays((long) plan.trialDays());
        }
        form.setMode(SessionCreateParams.Mode.SUBSCRIPTION).setSubscriptionData(data.build());
    }

    private static void options(SessionCreateParams.Builder form, SessionOptions options) {
        if (options.automaticTax()) {
            form.setAutomaticTax(AutomaticTax.builder().setEnabled(true).build());
        }
        if (options.taxIdCollection()) {
            form.setTaxIdCollection(TaxIdCollection.builder().setEnabled(true).build());
        }
        // For a customer that it knows, Stripe asks for nothing that it may not write down.
        if (options.automaticTax() || options.taxIdCollection()) {
            form.setCustomerUpdate(CustomerUpdate.builder()
                    .setAddress(CustomerUpdate.Address.AUTO)
                    .setName(CustomerUpdate.Name.AUTO)
                    .build());
        }
        if (options.promotionCodes()) {
            form.setAllowPromotionCodes(true);
        }
        if (!options.methods().isEmpty()) {
            form.putExtraParam("payment_method_types", options.methods());
        }
        if (options.methodConfiguration() != null) {
            form.setPaymentMethodConfiguration(options.methodConfiguration());
        }
    }

    private static LineItem line(Wanted wanted, Order order) {
        LineItem.Builder line = LineItem.builder().setQuantity(1L);
        String stripePrice = wanted.price().stripeId();
        return (stripePrice == null ? line.setPriceData(price(order)) : line.setPrice(stripePrice)).build();
    }

    private static PriceData price(Order order) {
        PriceData.Builder price = PriceData.builder()
                .setCurrency(order.price().currency())
                .setUnitAmount(order.price().minor());
        OrderedPlan plan = order.plan();
        return plan == null
                ? price.setProductData(
                                ProductData.builder().setName(order.title()).build())
                        .build()
                : price.setProduct(plan.terms().stripeProduct())
                        .setRecurring(Recurring.builder()
                                .setInterval(interval(plan.interval()))
                                .build())
                        .build();
    }

    private static Recurring.Interval interval(Interval interval) {
        return switch (interval) {
            case MONTH -> Recurring.Interval.MONTH;
            case YEAR -> Recurring.Interval.YEAR;
        };
    }

    private static Map<String, String> metadata(Order order) {
        Map<String, String> metadata = new HashMap<>(
                Map.of(ORDER, order.id().value(), ACCOUNT, order.account().value()));
        OrderedPlan plan = order.plan();
        if (plan != null) {
            metadata.put(PLAN, plan.terms().id());
        }
        return metadata;
    }
}
