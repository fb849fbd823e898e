SELECT w.id
FROM unnest(CAST(:ids AS text[])) AS w (id)
WHERE NOT EXISTS (SELECT FROM webhook_event e WHERE e.id = w.id)
