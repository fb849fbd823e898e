-- Only from where the look began: a runner that came back from the dead finds its run elsewhere.
UPDATE stripe_reconciliation
SET step         = :step,
    place        = :place,
    looked       = looked + :looked,
    found        = found + :found,
    failures     = 0,
    leased_until = now() + CAST(:leaseMillis AS bigint) * interval '1 millisecond'
WHERE id = :id
  AND runner = :runner
  AND state = 'RUNNING'
  AND step = :fromStep
  AND place IS NOT DISTINCT FROM CAST(:fromPlace AS text)
RETURNING *
