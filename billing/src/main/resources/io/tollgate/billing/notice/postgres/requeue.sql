-- The operator's word counts: what was suppressed is let past the limits.
UPDATE notice_delivery
SET state = 'WAITING', attempts = 0, unsure = 0, due_at = now(), closed_at = NULL, reason = NULL,
    admitted_at = coalesce(admitted_at, now())
WHERE notice = :notice
  AND channel = :channel
  AND state IN ('SUPPRESSED', 'KEPT', 'BURIED')
