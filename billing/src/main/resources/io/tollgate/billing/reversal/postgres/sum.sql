-- Both sums follow from what is there; the constraint on the first is what stands against asking for too much.
UPDATE reversal
SET asked_minor    = (SELECT CAST(coalesce(sum(q.amount_minor), 0) AS bigint)
                        FROM refund_request q
                        LEFT JOIN refund f ON f.request = q.id
                       WHERE q.payment = :payment AND q.state <> 'REFUSED'
                         AND (f.id IS NULL OR f.phase IN ('PENDING', 'SUCCEEDED'))),
    claimed_micros = :claimed,
    taken_micros   = (SELECT CAST(coalesce(sum(taken_micros), 0) AS bigint) FROM reversal_step WHERE payment = :payment)
WHERE payment = :payment
