UPDATE webhook_event
SET state = :state, closed_at = now(), last_error = NULL
WHERE id = :id
  AND state = 'WAITING'
