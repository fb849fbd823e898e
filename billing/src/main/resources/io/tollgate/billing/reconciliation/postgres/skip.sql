UPDATE stripe_reconciliation
SET skipped      = skipped || CAST(:skipped AS text),
    step         = :step,
    place        = :place,
    failures     = 0,
    leased_until = now() + CAST(:leaseMillis AS bigint) * interval '1 millisecond'
WHERE id = :id
  AND runner = :runner
  AND state = 'RUNNING'
RETURNING *
