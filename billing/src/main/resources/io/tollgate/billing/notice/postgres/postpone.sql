UPDATE notice_delivery
SET due_at = now() + make_interval(secs => :delaySeconds), reason = left(:reason, 500), unsure = unsure - :knownUntold
WHERE notice = :notice
  AND channel = :channel
  AND state = 'WAITING'
  AND attempts = :attempts
