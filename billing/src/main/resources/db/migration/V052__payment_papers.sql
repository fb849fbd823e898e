-- Where the receipt and the invoice of a payment are at Stripe, as it last said: its links end some day and are fetched again.
CREATE TABLE payment_papers (
    payment        text        PRIMARY KEY REFERENCES payment,
    receipt_url    text        CHECK (length(receipt_url) <= 2000),
    invoice_number text        CHECK (length(invoice_number) <= 100),
    invoice_url    text        CHECK (length(invoice_url) <= 2000),
    invoice_pdf    text        CHECK (length(invoice_pdf) <= 2000),
    fetched_at     timestamptz NOT NULL
);
CREATE INDEX payment_invoiced ON payment (account, number) WHERE invoice IS NOT NULL;
CREATE INDEX payment_of_grant ON payment (grant_number);

GRANT SELECT, INSERT ON payment_papers TO tollgate_app;
GRANT UPDATE (receipt_url, invoice_number, invoice_url, invoice_pdf, fetched_at) ON payment_papers TO tollgate_app;
