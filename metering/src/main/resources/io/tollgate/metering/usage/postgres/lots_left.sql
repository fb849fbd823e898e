-- As lots.sql, by account.
SELECT grant_number, account, amount_micros, remaining_micros, priority, expires_at_millis, paid_minor, currency
  FROM lot
 WHERE account = ANY(CAST(:accounts AS text[])) AND remaining_micros > 0
