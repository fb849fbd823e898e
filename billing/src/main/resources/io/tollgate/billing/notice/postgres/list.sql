SELECT d.notice, d.channel, d.account, d.kind, d.state, d.attempts, d.reason, n.posted_at
FROM notice_delivery d
JOIN notice n ON n.number = d.notice
WHERE d.state = :state
  AND d.notice < :below
ORDER BY d.notice DESC, d.channel
LIMIT :limit
