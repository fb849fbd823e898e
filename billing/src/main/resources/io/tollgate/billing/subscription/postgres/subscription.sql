SELECT *
  FROM subscription
 WHERE id = :id
