SELECT a.id AS account,
       s.enabled, s.threshold_micros, s.pack, s.amount_minor, s.cap_minor, s.currency, s.off_because,
       m.payment_method, m.fingerprint, m.brand, m.last4,
       c.customer_id,
       coalesce(k.failures, 0) AS failures,
       k.blocked_until,
       coalesce(b.state, 'ACTIVE') = 'ACTIVE'
           AND NOT EXISTS (SELECT 1 FROM account_command f
                            WHERE f.account = a.id AND f.booked_at IS NULL AND f.kind = 'FREEZE')
           AND NOT EXISTS (SELECT 1 FROM account_freeze z WHERE z.account = a.id AND z.lifted_at IS NULL)
           AND NOT EXISTS (SELECT 1 FROM dispute d WHERE d.account = a.id AND d.phase = 'OPEN') AS active,
       coalesce(b.posted_micros, 0)
           + (SELECT coalesce(sum(w.lifts_micros), 0)::bigint FROM account_command w
               WHERE w.account = a.id AND w.booked_at IS NULL) AS credit_micros,
       o.state AS open_state,
       o.confirm_url,
       (SELECT max(l.started_at) FROM auto_topup_attempt l WHERE l.account = a.id) AS last_started,
       (SELECT coalesce(sum(p.price_minor), 0)::bigint FROM auto_topup_attempt p
         WHERE p.account = a.id
           AND p.started_at >= :month
           AND p.currency = s.currency
           AND p.state NOT IN ('DECLINED', 'EXPIRED', 'ABANDONED')) AS spent_minor
FROM account a
LEFT JOIN auto_topup s ON s.account = a.id
LEFT JOIN auto_topup_method m ON m.account = a.id
LEFT JOIN stripe_customer c ON c.account = a.id
LEFT JOIN account_balance b ON b.account = a.id
LEFT JOIN auto_topup_card k ON k.account = a.id AND k.fingerprint = m.fingerprint
LEFT JOIN auto_topup_attempt o ON o.account = a.id AND o.state IN ('INTENT', 'UNANSWERED', 'FAULTED', 'PROCESSING', 'ACTION_REQUIRED', 'WITHHELD')
WHERE a.id = :account
