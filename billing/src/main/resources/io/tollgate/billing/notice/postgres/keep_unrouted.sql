UPDATE notice_delivery
SET state = 'KEPT', reason = 'no such channel is configured', closed_at = now()
WHERE state = 'WAITING'
  AND NOT channel = ANY(:channels::text[])
  AND due_at < now() - make_interval(secs => :ageSeconds)
