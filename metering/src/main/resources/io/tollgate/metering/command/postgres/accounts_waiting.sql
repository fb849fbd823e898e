-- Accounts in quarantine wait for an operator, maybe for long: they come last, or enough of them would leave no room for others.
SELECT c.account
  FROM account_command c JOIN account_balance b ON b.account = c.account
 WHERE c.booked_at IS NULL AND c.issued_at < now() - CAST(:ageMillis AS bigint) * interval '1 millisecond'
 GROUP BY c.account, b.quarantined
 ORDER BY b.quarantined, min(c.issued_at)
 LIMIT :limit
