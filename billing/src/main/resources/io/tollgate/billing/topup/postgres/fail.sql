-- A payment that failed after days; who has paid since is not told that it did.
UPDATE topup_order
SET state = 'FAILED'
WHERE id = :id
  AND state NOT IN ('GRANTED', 'COMPLETED', 'FAILED')
