SELECT id, account, state, title, credits_micros, price_minor, currency, customer_id, fingerprint, session_expires_at, session_id
FROM topup_order
WHERE account = :account
  AND fingerprint = :fingerprint
  AND state IN ('INTENT', 'UNANSWERED')
  AND created_at > now() - make_interval(secs => :ageSeconds)
ORDER BY created_at DESC
LIMIT 1
