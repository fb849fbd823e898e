INSERT INTO stripe_reconciliation (cause, night, period_from, period_until)
VALUES (:cause, :night, :from, :until)
ON CONFLICT DO NOTHING
RETURNING *
