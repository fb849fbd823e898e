SELECT number, run, account, kind, found, expected, first_seen_at, last_seen_at
  FROM drift
 WHERE run = :run AND number > :after
 ORDER BY number
 LIMIT :limit
