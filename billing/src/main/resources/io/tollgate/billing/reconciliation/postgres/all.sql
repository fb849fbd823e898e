SELECT *
FROM stripe_reconciliation
WHERE :before = 0 OR id < :before
ORDER BY id DESC
LIMIT :limit
