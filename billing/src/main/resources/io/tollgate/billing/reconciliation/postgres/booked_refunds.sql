SELECT w.id, p.id AS payment, p.account, r.phase, r.amount_minor,
       (SELECT CAST(coalesce(sum(amount_minor), 0) AS bigint)
        FROM refund
        WHERE payment = p.id AND phase IN ('PENDING', 'SUCCEEDED')) AS refunded_minor
FROM unnest(CAST(:ids AS text[]), CAST(:intents AS text[])) AS w (id, intent)
JOIN payment p ON p.payment_intent = w.intent
LEFT JOIN refund r ON r.id = w.id
