-- In account order, as everywhere, so that two flushers never wait for each other in a circle.
SELECT account, state, posted_micros, debt_micros, applied, applied_id, quarantined
  FROM account_balance
 WHERE account = ANY(CAST(:accounts AS text[]))
 ORDER BY account
   FOR UPDATE
