package io.tollgate.billing.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's papers of a payment; null for what there is none of.
 *
 * @param invoiceNumber as it stands on the invoice
 * @param fetchedAt when Stripe said so; null if it was never asked
 */
public record Papers(
        @Nullable String receiptUrl,
        @Nullable String invoiceNumber,
        @Nullable String invoiceUrl,
        @Nullable String invoicePdf,
        @Nullable Instant fetchedAt) {

    public static final Papers UNKNOWN = new Papers(null, null, null, null, null);
}
