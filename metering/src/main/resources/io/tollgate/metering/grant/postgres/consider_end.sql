-- To be run under the lock of the account's command head: whose allowances were ended for this cause already.
SELECT e.number, e.account
  FROM account a
  LEFT JOIN allowance_end e ON e.cause_id = :causeId
 WHERE a.id = :account
