INSERT INTO lot (grant_number, account, amount_micros, remaining_micros, priority, expires_at_millis, paid_minor, currency)
SELECT g.number, g.account, g.amount_micros, n.remaining, g.priority, n.expires, g.paid_minor, g.currency
  FROM unnest(CAST(:grants AS bigint[]), CAST(:remaining AS bigint[]), CAST(:expires AS bigint[])) AS n (number, remaining, expires)
  JOIN grant_record g ON g.number = n.number
