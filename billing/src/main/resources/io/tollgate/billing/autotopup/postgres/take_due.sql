-- The last look falls on the end of its time.
UPDATE auto_topup_attempt
SET checks = checks + 1,
    due_at = greatest(:now + make_interval(secs => :firstSeconds),
                      least(expires_at,
                            :now + make_interval(secs => least(:longestSeconds, :firstSeconds * power(2, least(checks, 30))))))
WHERE id IN (SELECT id
             FROM auto_topup_attempt
             WHERE state IN ('INTENT', 'UNANSWERED', 'FAULTED', 'PROCESSING', 'ACTION_REQUIRED', 'WITHHELD')
               AND due_at <= :now
             ORDER BY due_at
             LIMIT :limit
             FOR UPDATE SKIP LOCKED)
RETURNING id, account, state, trigger, title, credits_micros, price_minor, currency, customer_id, payment_method, fingerprint, payment_intent, started_at, expires_at
