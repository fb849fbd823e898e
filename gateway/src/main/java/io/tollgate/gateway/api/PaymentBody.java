package io.tollgate.gateway.api;

import io.tollgate.billing.history.PaymentLine;
import io.tollgate.billing.payment.Payment;
import io.tollgate.metering.account.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A payment as JSON; amounts in minor units of its currency.
 *
 * @param refundedMinor refunds on their way included
 * @param disputedMinor what disputes have taken and not brought back
 * @param grant the number of the grant it brought, as lines of the ledger name it
 * @param receiptUrl null where there is none, or it is not known: asking for this one payment finds out
 */
@JsonNaming(SnakeCaseStrategy.class)
record PaymentBody(
        String id,
        Instant paidAt,
        String kind,
        String title,
        long paidMinor,
        String currency,
        String credits,
        long refundedMinor,
        long disputedMinor,
        @Nullable Long grant,
        @Nullable String paymentIntent,
        @Nullable String invoice,
        @Nullable String invoiceNumber,
        @Nullable String receiptUrl,
        @Nullable String invoiceUrl,
        @Nullable String invoicePdf) {

    /**
     * A page of them, newest first.
     *
     * @param next cursor of the next page, null for no next page
     */
    record Page(
            String account,
            List<PaymentBody> payments,
            @Nullable String next) {}

    static PaymentBody of(PaymentLine line) {
        Payment payment = line.payment();
        return new PaymentBody(
                payment.id(),
                payment.paidAt(),
                payment.kind().name().toLowerCase(Locale.ROOT),
                payment.title(),
                payment.paid().minor(),
                payment.paid().currency(),
                payment.credits().toDecimal(),
                line.refundedMinor(),
                line.disputedMinor(),
                payment.grant(),
                payment.paymentIntent(),
                payment.invoice(),
                line.papers().invoiceNumber(),
                line.papers().receiptUrl(),
                line.papers().invoiceUrl(),
                line.papers().invoicePdf());
    }

    static Page page(AccountId account, List<PaymentLine> lines, @Nullable String next) {
        return new Page(account.value(), lines.stream().map(PaymentBody::of).toList(), next);
    }
}
