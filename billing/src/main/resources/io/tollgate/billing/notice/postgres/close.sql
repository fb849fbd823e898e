UPDATE notice_delivery
SET state = :state, reason = nullif(left(:reason, 500), ''), closed_at = now()
WHERE notice = :notice
  AND channel = :channel
  AND state = 'WAITING'
