package io.tollgate.billing.stripe;

import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.InvoicePayment;
import com.stripe.model.StripeCollection;
import com.stripe.param.InvoiceLineItemListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoiceRetrieveParams;
import com.stripe.param.SubscriptionRetrieveParams;
import io.tollgate.billing.subscription.PlanTill;
import io.tollgate.billing.subscription.StripeInvoice;
import io.tollgate.billing.subscription.StripeSubscription;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Subscriptions and invoices through stripe-java. */
final class StripePlanTill implements PlanTill {

    /** What is to come. */
    static final String SCHEDULED = "schedule.phases.items.price";

    private static final SubscriptionRetrieveParams SUBSCRIPTION = SubscriptionRetrieveParams.builder()
            .addExpand("default_payment_method")
            .addExpand("customer.invoice_settings.default_payment_method")
            .addExpand(SCHEDULED)
            .build();
    private static final InvoiceRetrieveParams INVOICE = InvoiceRetrieveParams.builder()
            .addExpand("payments.data.payment.payment_intent")
            .build();

    private static final long PAGE = 100;

    /** More than an invoice has. */
    private static final long PAGES_MAX = 10;
    /** Far more than are made in a month. */
    private static final long LOOKED_AT = 100;

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
                .flatMap(this::whole);
    }

    // An invoice comes with its first lines only. Which of them is the period's cannot be told without the others.
    private Mono<StripeInvoice> whole(Invoice invoice) {
        if (!Boolean.TRUE.equals(invoice.getLines().getHasMore())) {
            return Mono.just(InvoiceForm.read(invoice, invoice.getLines().getData()));
        }
        return lines(invoice.getId(), null)
                .expand(page -> Boolean.TRUE.equals(page.getHasMore())
                        ? lines(invoice.getId(), page.getData().getLast().getId())
                        : Mono.empty())
                .take(PAGES_MAX)
                .concatMapIterable(StripeCollection::getData)
                .collectList()
                .map(all -> InvoiceForm.read(invoice, all));
    }

    private Mono<StripeCollection<InvoiceLineItem>> lines(String invoice, @Nullable String after) {
        InvoiceLineItemListParams request = InvoiceLineItemListParams.builder()
                .setLimit(PAGE)
                .setStartingAfter(after)
                .build();
        return stripe.find(client -> client.v1().invoices().lineItems().list(invoice, request));
    }

    @Override
    public Flux<String> paidBefore(StripeInvoice invoice) {
        InvoiceListParams request = InvoiceListParams.builder()
                .setSubscription(invoice.subscription())
                .setStatus(InvoiceListParams.Status.PAID)
                .setStartingAfter(invoice.id())
                .setLimit(LOOKED_AT)
                .build();
        return stripe.find(client -> client.v1().invoices().list(request))
                .flatMapIterable(page -> page.getData().reversed())
                .map(Invoice::getId);
    }

    @Override
    public Mono<String> invoiceOf(String invoicePayment) {
        return stripe.find(client -> client.v1().invoicePayments().retrieve(invoicePayment))
                .mapNotNull(InvoicePayment::getInvoice);
    }
}
