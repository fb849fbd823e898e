package io.tollgate.billing.payment;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Stripe's papers for payments. Their addresses expire, so they are asked for when somebody wants to look, and not kept. */
public interface Receipts {

    /** Empty if Stripe has none. Asks Stripe, so it may not be reached. */
    Mono<Receipt> of(Payment payment);

    /**
     * Where to look.
     *
     * @param invoicePage null for a payment without an invoice, as is the PDF
     * @param receiptPage null for a payment with an invoice, or for none
     */
    record Receipt(
            @Nullable String invoicePage,
            @Nullable String invoicePdf,
            @Nullable String receiptPage) {}
}
