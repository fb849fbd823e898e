WITH due AS (
    UPDATE refund_request
    SET checks = checks + 1, checked_at = now()
    WHERE id IN (SELECT id
                   FROM refund_request
                  WHERE (state = 'OPEN' OR (state = 'ANSWERED' AND ends_invoice IS NOT NULL))
                    AND checked_at
                      <= now() - make_interval(secs => least(:longestSeconds, :firstSeconds * power(2, least(checks, 30))))
                  ORDER BY checked_at
                  LIMIT :limit
                  FOR UPDATE SKIP LOCKED)
    RETURNING *)
SELECT q.id, q.payment, q.account, q.cause_id, q.asked_by, q.amount_minor, p.currency, q.credits_micros, q.reason, q.state,
       q.ends_invoice, q.attempt, q.refused_because, q.asked_at
  FROM due q
  JOIN payment p ON p.id = q.payment
