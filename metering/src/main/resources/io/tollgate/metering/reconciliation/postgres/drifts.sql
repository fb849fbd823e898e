SELECT number, coalesce(run, 0) AS run, account, kind, found, expected, first_seen_at, last_seen_at
  FROM drift
 WHERE :before = 0 OR number < :before
 ORDER BY number DESC
 LIMIT :limit
