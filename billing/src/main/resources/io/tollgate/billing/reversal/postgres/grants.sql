-- What the payment gave, and what came back in the place of it: how much of each can still be taken. What expired unused is gone
-- for both sides; a lot whose time has come counts as expired also before its expiry is booked.
SELECT g.number, g.amount_micros, g.paid_minor, g.priority, g.expires_at,
       g.amount_micros
     - (SELECT CAST(coalesce(sum(c.amount_micros), 0) AS bigint) FROM clawback_record c WHERE c.grant_number = g.number)
     - CASE WHEN g.expires_at IS NULL AND g.cause <> 'ALLOWANCE' THEN 0
            ELSE (SELECT CAST(coalesce(sum(CAST(split_part(part, ':', 2) AS bigint)), 0) AS bigint)
                    FROM account_event e, unnest(string_to_array(e.expired, ',')) AS part
                   WHERE e.account = g.account AND e.expired <> '' AND split_part(part, ':', 1) = CAST(g.number AS text))
               + coalesce((SELECT l.remaining_micros
                             FROM lot l
                            WHERE l.grant_number = g.number AND l.expires_at_millis > 0
                              AND l.expires_at_millis <= extract(epoch FROM now()) * 1000), 0) END AS takeable_micros,
       (SELECT max(s.made_at) FROM reversal_step s WHERE s.payment = :payment AND s.taken_micros > 0) AS taken_at,
       now() AS looked_at
  FROM grant_record g
 WHERE g.number = (SELECT p.grant_number FROM payment p WHERE p.id = :payment)
    OR g.number IN (SELECT s.grant_number FROM reversal_step s WHERE s.payment = :payment AND s.taken_micros < 0)
 ORDER BY g.number
