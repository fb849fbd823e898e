SELECT *
  FROM plan_invoice
 WHERE subscription = :subscription AND failed_at IS NOT NULL AND paid_at IS NULL AND closed_at IS NULL
 ORDER BY period_start
 LIMIT 12
