SELECT coalesce((SELECT version FROM subscription WHERE id = :id), 0) AS version
