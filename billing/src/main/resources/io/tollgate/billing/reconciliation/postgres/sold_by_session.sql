SELECT w.id, o.id AS order_id, o.account, o.state, p.paid_minor, p.currency
FROM unnest(CAST(:ids AS text[]), CAST(:references AS text[])) AS w (id, reference)
LEFT JOIN LATERAL (SELECT id, account, state
                   FROM topup_order
                   WHERE id = w.reference OR session_id = w.id
                   LIMIT 1) o ON true
LEFT JOIN payment p ON p.session = w.id
