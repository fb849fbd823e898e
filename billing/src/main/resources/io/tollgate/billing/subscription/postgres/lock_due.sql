SELECT *
  FROM account_plan
 WHERE least(next_at, lives_until) <= :now
 ORDER BY least(next_at, lives_until)
 LIMIT 1
   FOR UPDATE SKIP LOCKED
