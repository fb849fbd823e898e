SELECT w.id, a.id AS order_id, a.account, a.state, p.paid_minor, p.currency
FROM unnest(CAST(:ids AS text[]), CAST(:references AS text[])) AS w (id, reference)
LEFT JOIN auto_topup_attempt a ON a.id = w.reference
LEFT JOIN payment p ON p.payment_intent = w.id
