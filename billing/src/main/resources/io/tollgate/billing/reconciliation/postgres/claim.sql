UPDATE stripe_reconciliation
SET resumed      = resumed + CASE WHEN runner IN ('', :runner) THEN 0 ELSE 1 END,
    runner       = :runner,
    leased_until = now() + CAST(:leaseMillis AS bigint) * interval '1 millisecond'
WHERE state = 'RUNNING'
  AND (runner IN ('', :runner) OR leased_until < now())
RETURNING *
