UPDATE webhook_event
SET due_at = now() + make_interval(secs => :delaySeconds), last_error = left(:reason, 500)
WHERE id = :id
  AND state = 'WAITING'
