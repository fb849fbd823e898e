UPDATE stripe_finding
SET state = 'DISMISSED', closed_because = left(:reason, 500), closed_at = now()
WHERE number = :number
  AND state = 'OPEN'
RETURNING *
