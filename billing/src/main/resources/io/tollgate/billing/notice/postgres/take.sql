-- No lock outlives this statement: telling takes as long as a stranger's server takes. Kinds of a newer version are left to gateways
-- of that version.
UPDATE notice_delivery d
SET attempts = attempts + 1, unsure = unsure + 1, due_at = now() + make_interval(secs => :leaseSeconds)
FROM notice n
WHERE (d.notice, d.channel) = (SELECT w.notice, w.channel
                               FROM notice_delivery w
                               WHERE w.state = 'WAITING'
                                 AND w.channel = :channel
                                 AND w.due_at <= now()
                                 AND w.kind = ANY(:kinds::text[])
                               ORDER BY w.due_at
                               LIMIT 1
                               FOR UPDATE SKIP LOCKED)
  AND n.number = d.notice
RETURNING d.notice, d.channel, d.account, d.kind, n.facts, n.posted_at, d.attempts, d.unsure
