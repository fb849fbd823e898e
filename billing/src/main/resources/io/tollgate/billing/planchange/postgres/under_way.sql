SELECT *
  FROM plan_change
 WHERE account = :account AND settled_at IS NULL
