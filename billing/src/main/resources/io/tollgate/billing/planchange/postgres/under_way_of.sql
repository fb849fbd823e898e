SELECT *
  FROM plan_change
 WHERE subscription = :subscription AND settled_at IS NULL
 LIMIT 1
