SELECT account
  FROM account_command
 WHERE booked_at IS NULL AND issued_at < now() - CAST(:ageMillis AS bigint) * interval '1 millisecond'
 GROUP BY account
 ORDER BY min(issued_at)
 LIMIT :limit
