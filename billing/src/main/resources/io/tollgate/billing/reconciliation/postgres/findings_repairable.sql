SELECT *
FROM stripe_finding
WHERE state = 'OPEN'
  AND kind = ANY (:kinds)
  AND attempts < :attempts
  AND remedy_type IS NOT NULL
ORDER BY number
LIMIT :limit
