SELECT id, account, state, title, credits_micros, price_minor, currency, customer_id, fingerprint, session_expires_at, session_id,
       interval, trial_days, CAST(plan_terms AS text) AS plan_terms
FROM topup_order
WHERE account = :account
  AND plan IS NOT NULL
  AND state IN ('INTENT', 'UNANSWERED', 'OPEN')
ORDER BY created_at DESC
LIMIT :limit
