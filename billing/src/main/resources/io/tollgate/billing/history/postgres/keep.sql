-- What Stripe once said and says no more stays: an old link is better than none.
INSERT INTO payment_papers AS q (payment, receipt_url, invoice_number, invoice_url, invoice_pdf, fetched_at)
VALUES (:payment, :receiptUrl, :invoiceNumber, :invoiceUrl, :invoicePdf, :fetchedAt)
ON CONFLICT (payment) DO UPDATE
    SET receipt_url    = coalesce(excluded.receipt_url, q.receipt_url),
        invoice_number = coalesce(excluded.invoice_number, q.invoice_number),
        invoice_url    = coalesce(excluded.invoice_url, q.invoice_url),
        invoice_pdf    = coalesce(excluded.invoice_pdf, q.invoice_pdf),
        fetched_at     = excluded.fetched_at
