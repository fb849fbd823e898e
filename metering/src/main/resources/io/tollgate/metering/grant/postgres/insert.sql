INSERT INTO grant_record (account, amount_micros, cause, cause_id, paid_minor, currency, priority, expires_at, rollover_micros)
VALUES (:account, :amount, :cause, :causeId, :paid, :currency, :priority, :expiresAt, :rollover)
ON CONFLICT (cause, cause_id) DO NOTHING
RETURNING number
