SELECT id, type, object_id, attempts, coalesce(last_error, '') AS last_error, received_at
FROM webhook_event
WHERE state = 'BURIED'
ORDER BY received_at
LIMIT :limit
