SELECT *
FROM stripe_finding
WHERE state IN ('OPEN', 'REPAIRING')
  AND (:before = 0 OR number < :before)
ORDER BY number DESC
LIMIT :limit
