UPDATE topup_order
SET checks = checks + 1, checked_at = now()
WHERE id IN (SELECT id
             FROM topup_order
             WHERE state IN ('INTENT', 'UNANSWERED', 'OPEN', 'AWAITING_PAYMENT', 'WITHHELD')
               AND coalesce(checked_at, created_at)
                 <= now() - make_interval(secs => least(:longestSeconds, :firstSeconds * power(2, least(checks, 30))))
             ORDER BY coalesce(checked_at, created_at)
             LIMIT :limit
             FOR UPDATE SKIP LOCKED)
RETURNING id, account, state, title, credits_micros, price_minor, currency, customer_id, fingerprint, session_expires_at, session_id,
       interval, trial_days, CAST(plan_terms AS text) AS plan_terms
