SELECT id, account, state, trigger, title, credits_micros, price_minor, currency, customer_id, payment_method, fingerprint, payment_intent, started_at, expires_at
FROM auto_topup_attempt
WHERE payment_intent = :paymentIntent
