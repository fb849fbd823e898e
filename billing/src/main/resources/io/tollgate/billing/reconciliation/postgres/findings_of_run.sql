SELECT f.*
FROM stripe_finding_sighting s
JOIN stripe_finding f ON f.number = s.finding
WHERE s.run = :run
  AND s.finding > :after
ORDER BY s.finding
LIMIT :limit
