SELECT a.id
  FROM account a
 WHERE NOT EXISTS (SELECT FROM account_plan p WHERE p.account = a.id)
 LIMIT :limit
