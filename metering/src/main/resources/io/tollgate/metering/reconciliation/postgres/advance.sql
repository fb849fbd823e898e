UPDATE reconciliation_run
   SET last_account = :last, checked = checked + :checked, moving = moving + :moving, drifted = drifted + :drifted,
       leased_until = now() + CAST(:leaseMillis AS bigint) * interval '1 millisecond'
 WHERE id = :id AND runner = :runner AND state = 'RUNNING'
RETURNING *
