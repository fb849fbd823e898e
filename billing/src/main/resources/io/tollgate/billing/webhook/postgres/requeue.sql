UPDATE webhook_event
SET state = 'WAITING', attempts = 0, due_at = now(), closed_at = NULL
WHERE id = :id
  AND state = 'BURIED'
