SELECT w.session, o.id AS order_id, o.account, o.state, p.paid_minor, p.currency
FROM unnest(CAST(:sessions AS text[]), CAST(:references AS text[])) AS w (session, reference)
LEFT JOIN LATERAL (SELECT id, account, state
                   FROM topup_order
                   WHERE id = w.reference OR session_id = w.session
                   LIMIT 1) o ON true
LEFT JOIN payment p ON p.session = w.session
