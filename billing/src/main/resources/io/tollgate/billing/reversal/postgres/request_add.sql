INSERT INTO refund_request (id, payment, account, cause_id, asked_by, amount_minor, credits_micros, reason, ends_invoice)
VALUES (:id, :payment, :account, :causeId, :askedBy, :amount, :credits, :reason, :endsInvoice)
