UPDATE stripe_finding
SET state = 'REPAIRING', attempts = attempts + 1, repair_event = :event
WHERE number = :number
  AND state = 'OPEN'
RETURNING *
