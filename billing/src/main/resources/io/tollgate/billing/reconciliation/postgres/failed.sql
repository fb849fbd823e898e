UPDATE stripe_reconciliation
SET failures = failures + 1, last_failure = left(:reason, 500)
WHERE id = :id
  AND runner = :runner
  AND state = 'RUNNING'
RETURNING *
