INSERT INTO reversal (payment, account, paid_minor)
VALUES (:payment, :account, :paid)
ON CONFLICT DO NOTHING
