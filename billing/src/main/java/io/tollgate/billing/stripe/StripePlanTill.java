package io.tollgate.billing.stripe;

import com.stripe.model.InvoicePayment;
import com.stripe.param.InvoiceRetrieveParams;
import com.stripe.param.SubscriptionRetrieveParams;
import io.tollgate.billing.subscription.PlanTill;
import io.tollgate.billing.subscription.StripeInvoice;
import io.tollgate.billing.subscription.StripeSubscription;
import reactor.core.publisher.Mono;

/** Subscriptions and invoices through stripe-java. */
final class StripePlanTill implements PlanTill {

    private static final SubscriptionRetrieveParams SUBSCRIPTION = SubscriptionRetrieveParams.builder()
            .addExpand("default_payment_method")
            .addExpand("customer.invoice_settings.default_payment_method")
            .build();
    private static final InvoiceRetrieveParams INVOICE = InvoiceRetrieveParams.builder()
            .addExpand("payments.data.payment.payment_intent")
            .build();

    private final StripeAccess stripe;

    StripePlanTill(StripeAccess stripe) {
        this.stripe = stripe;
    }

    @Override
    public Mono<StripeSubscription> subscription(String id) {
        return stripe.find(client -> client.v1().subscriptions().retrieve(id, SUBSCRIPTION))
                .map(SubscriptionForm::read);
    }

    @Override
    public Mono<StripeInvoice> invoice(String id) {
        return stripe.find(client -> client.v1().invoices().retrieve(id, INVOICE))
                .map(InvoiceForm::read);
    }

    @Override
    public Mono<String> invoiceOf(String invoicePayment) {
        return stripe.find(client -> client.v1().invoicePayments().retrieve(invoicePayment))
                .mapNotNull(InvoicePayment::getInvoice);
    }
}
