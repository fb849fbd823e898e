UPDATE topup_order
SET session_id = coalesce(session_id, :session),
    state      = CASE WHEN state IN ('INTENT', 'UNANSWERED', 'ABANDONED') THEN 'OPEN' ELSE state END
WHERE id = :id
RETURNING id, account, state, title, credits_micros, price_minor, currency, customer_id, fingerprint, session_expires_at, session_id,
       interval, trial_days, CAST(plan_terms AS text) AS plan_terms
