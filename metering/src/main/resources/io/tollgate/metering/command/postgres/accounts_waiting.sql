-- An account in quarantine waits for an operator, maybe for long. Until then it is to be frozen in the live store as well, and no
-- more: what its commands do there cannot be booked.
SELECT c.account
  FROM account_command c JOIN account_balance b ON b.account = c.account
 WHERE c.booked_at IS NULL AND c.issued_at < now() - CAST(:ageMillis AS bigint) * interval '1 millisecond'
   AND (NOT b.quarantined
        OR (c.id LIKE 'quarantine:%'
            AND NOT EXISTS (SELECT FROM quarantine q WHERE q.account = c.account AND q.event_id = c.id)))
 GROUP BY c.account, b.quarantined
 ORDER BY b.quarantined, min(c.issued_at)
 LIMIT :limit
