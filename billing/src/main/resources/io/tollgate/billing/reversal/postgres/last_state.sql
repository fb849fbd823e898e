-- The last word on the account's state, and so whose it is.
SELECT id, kind
  FROM account_command
 WHERE account = :account AND kind IN ('FREEZE', 'THAW', 'CLOSE')
 ORDER BY number DESC
 LIMIT 1
