package io.tollgate.billing.stripe;

import io.tollgate.billing.reconciliation.Takings;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

final class StripeTakings implements Takings {

    private final PacedStripe stripe;

    StripeTakings(PacedStripe stripe) {
        this.stripe = stripe;
    }

    @Override
    public Mono<Taken> byIntent(String intent) {
        return stripe.find(client -> client.v1().paymentIntents().retrieve(intent))
                .map(found ->
                        taken(found.getCurrency(), found.getAmountReceived(), "succeeded".equals(found.getStatus())));
    }

    @Override
    public Mono<Taken> bySession(String session) {
        return stripe.find(client -> client.v1().checkout().sessions().retrieve(session))
                .map(found -> taken(
                        found.getCurrency(),
                        found.getAmountTotal(),
                        "paid".equals(found.getPaymentStatus())
                                || "no_payment_required".equals(found.getPaymentStatus())));
    }

    @Override
    public Mono<Taken> byInvoice(String invoice) {
        return stripe.find(client -> client.v1().invoices().retrieve(invoice))
                .map(found -> taken(found.getCurrency(), found.getAmountPaid(), "paid".equals(found.getStatus())));
    }

    private static Taken taken(@Nullable String currency, @Nullable Long minor, boolean settled) {
        return new Taken(currency == null ? "" : currency, minor == null ? 0 : minor, settled);
    }
}
