-- A customer's default takes the place of no card that the owner named.
INSERT INTO auto_topup_method AS m (account, payment_method, fingerprint, brand, last4, chosen, saved_at)
VALUES (:account, :paymentMethod, :fingerprint, :brand, :last4, :chosen, :at)
ON CONFLICT (account) DO UPDATE
    SET payment_method = excluded.payment_method,
        fingerprint    = excluded.fingerprint,
        brand          = excluded.brand,
        last4          = excluded.last4,
        chosen         = excluded.chosen,
        saved_at       = excluded.saved_at
    WHERE m.saved_at <= excluded.saved_at
      AND (excluded.chosen OR m.payment_method IS NULL OR NOT m.chosen)
