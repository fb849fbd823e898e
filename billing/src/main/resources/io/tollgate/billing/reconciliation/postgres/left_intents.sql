SELECT kind, id, account, state, remedy_type, remedy_object
FROM (SELECT 'order' AS kind, id, account, lower(state) AS state, NULL AS remedy_type, NULL AS remedy_object, created_at
      FROM topup_order
      WHERE state IN ('INTENT', 'UNANSWERED')
      UNION ALL
      SELECT 'customer', account, account, 'not created', NULL, NULL, created_at
      FROM stripe_customer
      WHERE customer_id IS NULL
      UNION ALL
      SELECT 'refund', id, account, 'not answered', NULL, NULL, asked_at
      FROM refund_request
      WHERE state = 'OPEN'
      UNION ALL
      SELECT 'auto-top-up', id, account, lower(state), CASE WHEN payment_intent IS NOT NULL THEN 'payment_intent.succeeded' END,
             payment_intent, started_at
      FROM auto_topup_attempt
      WHERE state IN ('INTENT', 'UNANSWERED', 'FAULTED')) left_over
WHERE created_at >= :from
  AND created_at < least(CAST(:until AS timestamptz), now() - make_interval(secs => :ageSeconds))
  AND kind || ':' || id > :after COLLATE "C"
ORDER BY kind || ':' || id COLLATE "C"
LIMIT :limit
