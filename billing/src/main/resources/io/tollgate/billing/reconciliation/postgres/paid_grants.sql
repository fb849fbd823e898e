SELECT g.number, g.account, g.cause_id, p.id AS payment, p.payment_intent, p.session, p.invoice, p.paid_minor, p.currency
FROM grant_record g
LEFT JOIN payment p ON p.grant_number = g.number
WHERE g.cause = 'TOP_UP'
  AND g.number > :after
  AND g.given_at >= :from
  AND g.given_at < :until
ORDER BY g.number
LIMIT :limit
