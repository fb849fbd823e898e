INSERT INTO clawback_record (account, grant_number, amount_micros, cause_id)
VALUES (:account, :grant, :amount, :causeId)
ON CONFLICT (cause_id) DO NOTHING
RETURNING number
