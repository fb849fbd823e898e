package io.tollgate.billing.stripe;

import com.stripe.model.Invoice;
import io.tollgate.billing.history.Papers;
import io.tollgate.billing.history.PapersAtStripe;
import io.tollgate.billing.payment.Payment;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Receipts of charges and links to invoices. */
final class StripePapers implements PapersAtStripe {

    private static final int URL_MAX = 2_000;
    private static final int NUMBER_MAX = 100;

    private final StripeAccess stripe;
    private final InstantSource clock;

    StripePapers(StripeAccess stripe, InstantSource clock) {
        this.stripe = stripe;
        this.clock = clock;
    }

    @Override
    public Mono<Papers> of(Payment payment) {
        return Mono.zip(
                optional(payment.paymentIntent())
                        .flatMap(this::receipt)
                        .map(Optional::of)
                        .defaultIfEmpty(Optional.empty()),
                optional(payment.invoice())
                        .flatMap(this::invoice)
                        .map(Optional::of)
                        .defaultIfEmpty(Optional.empty()),
                (receipt, invoice) -> papers(receipt.orElse(null), invoice.orElse(null)));
    }

    private static Mono<String> optional(@Nullable String id) {
        return Mono.justOrEmpty(id);
    }

    private Mono<String> receipt(String paymentIntent) {
        return stripe.find(client -> client.v1().paymentIntents().retrieve(paymentIntent))
                .flatMap(intent -> optional(intent.getLatestCharge()))
                .flatMap(charge -> stripe.find(client -> client.v1().charges().retrieve(charge)))
                .flatMap(charge -> optional(charge.getReceiptUrl()));
    }

    private Mono<Invoice> invoice(String id) {
        return stripe.find(client -> client.v1().invoices().retrieve(id));
    }

    private Papers papers(@Nullable String receipt, @Nullable Invoice invoice) {
        return new Papers(
                bounded(receipt, URL_MAX),
                invoice == null ? null : bounded(invoice.getNumber(), NUMBER_MAX),
                invoice == null ? null : bounded(invoice.getHostedInvoiceUrl(), URL_MAX),
                invoice == null ? null : bounded(invoice.getInvoicePdf(), URL_MAX),
                clock.instant());
    }

    private static @Nullable String bounded(@Nullable String text, int max) {
        return text == null || text.length() > max ? null : text;
    }
}
