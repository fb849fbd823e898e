SELECT g.number, g.account, g.amount_micros, g.cause, g.cause_id, g.paid_minor, g.currency, g.given_at, l.remaining_micros,
       CASE WHEN l.grant_number IS NULL THEN g.expires_at
            WHEN l.expires_at_millis > 0 THEN to_timestamp(l.expires_at_millis / 1000.0) END AS expires_at
  FROM grant_record g
  LEFT JOIN lot l ON l.grant_number = g.number
 WHERE g.account = :account
