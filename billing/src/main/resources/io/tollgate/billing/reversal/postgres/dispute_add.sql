INSERT INTO dispute (id, payment, account, amount_minor, phase, reason, opened_at)
VALUES (:id, :payment, :account, :amount, :phase, :reason, :at)
