-- The lock on the account's balance row protects its lots as well.
SELECT grant_number, account, amount_micros, remaining_micros, priority, expires_at_millis, paid_minor, currency
  FROM lot
 WHERE grant_number = ANY(CAST(:grants AS bigint[]))
