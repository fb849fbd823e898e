INSERT INTO allowance_end (account, cause_id)
VALUES (:account, :causeId)
ON CONFLICT (cause_id) DO NOTHING
RETURNING number
