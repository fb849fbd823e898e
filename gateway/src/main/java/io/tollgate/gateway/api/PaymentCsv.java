package io.tollgate.gateway.api;

import io.tollgate.billing.history.PaymentLine;
import io.tollgate.billing.payment.Payment;
import java.util.List;
import java.util.Locale;

/** A page of payments as RFC 4180 has it, with a line of names. */
final class PaymentCsv {

    private static final String NAMES =
            "paid_at,id,kind,title,paid_minor,currency,credits,refunded_minor,disputed_minor,"
                    + "invoice_number,receipt_url,invoice_url,invoice_pdf\r\n";

    private PaymentCsv() {}

    static String of(List<PaymentLine> lines) {
        StringBuilder csv = new StringBuilder(NAMES);
        for (PaymentLine line : lines) {
            Payment payment = line.payment();
            csv.append(payment.paidAt());
            CsvCells.add(csv, payment.id());
            CsvCells.add(csv, payment.kind().name().toLowerCase(Locale.ROOT));
            CsvCells.add(csv, payment.title());
            csv.append(',').append(payment.paid().minor());
            CsvCells.add(csv, payment.paid().currency());
            csv.append(',').append(payment.credits().toDecimal());
            csv.append(',').append(line.refundedMinor());
            csv.append(',').append(line.disputedMinor());
            CsvCells.add(csv, line.papers().invoiceNumber());
            CsvCells.add(csv, line.papers().receiptUrl());
            CsvCells.add(csv, line.papers().invoiceUrl());
            CsvCells.add(csv, line.papers().invoicePdf());
            csv.append("\r\n");
        }
        return csv.toString();
    }
}
