SELECT id, account, kind, title, paid_minor, currency, credits_micros, payment_intent, invoice, session, grant_number, paid_at
FROM payment
WHERE account = :account
  AND (CAST(:before AS text) IS NULL OR number < (SELECT number FROM payment WHERE id = :before AND account = :account))
ORDER BY number DESC
LIMIT :limit
