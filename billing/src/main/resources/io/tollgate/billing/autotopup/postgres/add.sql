INSERT INTO auto_topup_attempt (id, account, state, trigger, title, credits_micros, price_minor, currency, customer_id,
                                payment_method, fingerprint, started_at, expires_at, due_at)
VALUES (:id, :account, 'INTENT', :trigger, :title, :credits, :price, :currency, :customer, :paymentMethod, :fingerprint,
        :startedAt, :expiresAt, :dueAt)
ON CONFLICT (account) WHERE state IN ('INTENT', 'UNANSWERED', 'FAULTED', 'PROCESSING', 'ACTION_REQUIRED', 'WITHHELD') DO NOTHING
