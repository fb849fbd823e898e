SELECT g.number, g.account, g.amount_micros, g.cause, g.cause_id, g.paid_minor, g.currency, g.expires_at, g.given_at,
       l.remaining_micros
  FROM grant_record g
  LEFT JOIN lot l ON l.grant_number = g.number
 WHERE g.account = :account
 ORDER BY g.number DESC
 LIMIT :limit
