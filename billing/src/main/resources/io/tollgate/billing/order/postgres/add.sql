INSERT INTO topup_order (id, account, state, title, credits_micros, price_minor, currency, customer_id, fingerprint,
                         session_expires_at, session_id, plan, interval, trial_days, plan_terms)
VALUES (:id, :account, :state, :title, :credits, :price, :currency, :customer, :fingerprint, :expiresAt, :session,
        :plan, :interval, :trialDays, CAST(:terms AS jsonb))
