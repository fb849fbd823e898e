SELECT kind, count(*) AS open
FROM stripe_finding
WHERE state IN ('OPEN', 'REPAIRING')
GROUP BY kind
