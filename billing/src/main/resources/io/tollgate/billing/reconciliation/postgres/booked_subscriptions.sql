SELECT id, account, status
FROM subscription
WHERE id = ANY (:ids)
