SELECT *
  FROM account_plan
 WHERE account = :account
   FOR UPDATE
