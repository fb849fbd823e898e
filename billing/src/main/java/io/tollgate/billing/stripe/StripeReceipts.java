package io.tollgate.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Charge;
import com.stripe.model.Invoice;
import io.tollgate.billing.payment.Payment;
import io.tollgate.billing.payment.Receipts;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** An invoice's own pages, or the receipt of the charge. */
final class StripeReceipts implements Receipts {

    private final StripeAccess stripe;

    StripeReceipts(StripeAccess stripe) {
        this.stripe = stripe;
    }

    @Override
    public Mono<Receipt> of(Payment payment) {
        String invoice = payment.invoice();
        if (invoice != null) {
            return stripe.find(client -> client.v1().invoices().retrieve(invoice))
                    .map(StripeReceipts::receipt);
        }
        String intent = payment.paymentIntent();
        return intent == null
                ? Mono.empty()
                : stripe.find(client -> charge(client, intent))
                        .mapNotNull(Charge::getReceiptUrl)
                        .map(page -> new Receipt(null, null, page));
    }

    private static @Nullable Charge charge(StripeClient client, String intent) throws StripeException {
        String charge = client.v1().paymentIntents().retrieve(intent).getLatestCharge();
        return charge == null ? null : client.v1().charges().retrieve(charge);
    }

    private static Receipt receipt(Invoice invoice) {
        return new Receipt(invoice.getHostedInvoiceUrl(), invoice.getInvoicePdf(), null);
    }
}
