package io.tollgate.billing.subscription;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What Stripe shows of plans. Signals {@link io.tollgate.billing.checkout.StripeUnavailableException}. */
public interface PlanTill {

    /** Empty if Stripe has none of this id; the same for the others. */
    Mono<StripeSubscription> subscription(String id);

    Mono<StripeInvoice> invoice(String id);

    /** The ids of the paid invoices of its subscription that were made before it, oldest first. */
    Flux<String> paidBefore(StripeInvoice invoice);

    /** The id of the invoice that a payment was for. */
    Mono<String> invoiceOf(String invoicePayment);
}
