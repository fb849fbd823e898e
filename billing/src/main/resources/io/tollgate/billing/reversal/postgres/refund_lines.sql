SELECT * FROM (
    SELECT f.id, f.request, f.payment, f.account, f.amount_minor, p.currency, q.asked_by, f.phase, q.state,
           coalesce(q.reason, f.reason) AS reason, CAST(NULL AS text) AS refused_because, f.refunded_at AS at
      FROM refund f
      JOIN payment p ON p.id = f.payment
      LEFT JOIN refund_request q ON q.id = f.request
    UNION ALL
    SELECT NULL, q.id, q.payment, q.account, q.amount_minor, p.currency, q.asked_by, NULL, q.state, q.reason, q.refused_because,
           q.asked_at
      FROM refund_request q
      JOIN payment p ON p.id = q.payment
     WHERE NOT EXISTS (SELECT FROM refund f WHERE f.request = q.id)) AS line
 WHERE CAST(:payment AS text) IS NULL OR payment = :payment
 ORDER BY at DESC, id, request
 LIMIT :limit
