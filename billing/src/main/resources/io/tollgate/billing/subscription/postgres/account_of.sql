SELECT account
  FROM subscription
 WHERE id = :id
