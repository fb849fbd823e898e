SELECT number, account, amount_micros, paid_minor, currency
  FROM grant_record
 WHERE number = ANY(CAST(:grants AS bigint[]))
