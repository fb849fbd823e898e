SELECT w.id, p.id AS payment, p.account, d.phase, d.amount_minor, CAST(0 AS bigint) AS refunded_minor
FROM unnest(CAST(:ids AS text[]), CAST(:intents AS text[])) AS w (id, intent)
JOIN payment p ON p.payment_intent = w.intent
LEFT JOIN dispute d ON d.id = w.id
