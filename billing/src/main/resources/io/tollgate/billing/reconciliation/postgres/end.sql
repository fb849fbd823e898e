UPDATE stripe_reconciliation
SET state = :state, finished_at = now()
WHERE id = :id
  AND runner = :runner
  AND state = 'RUNNING'
RETURNING *
