SELECT id, type, object_id, attempts
FROM webhook_event
WHERE state = 'BURIED'
ORDER BY received_at
LIMIT :limit
