SELECT w.id, s.account, p.paid_minor, p.currency, i.paid_at IS NOT NULL AS known
FROM unnest(CAST(:ids AS text[]), CAST(:subscriptions AS text[])) AS w (id, subscription)
LEFT JOIN subscription s ON s.id = w.subscription
LEFT JOIN plan_invoice i ON i.invoice = w.id
LEFT JOIN payment p ON p.invoice = w.id
