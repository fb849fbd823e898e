SELECT id, account, kind, title, paid_minor, currency, credits_micros, payment_intent, invoice, session, grant_number, paid_at
FROM payment
WHERE payment_intent = :key
