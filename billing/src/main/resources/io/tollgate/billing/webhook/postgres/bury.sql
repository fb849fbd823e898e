UPDATE webhook_event
SET state = 'BURIED', closed_at = now(), last_error = left(:reason, 500)
WHERE id = :id
  AND state = 'WAITING'
