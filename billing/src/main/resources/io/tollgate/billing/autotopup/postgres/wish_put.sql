INSERT INTO auto_topup (account, enabled, threshold_micros, pack, amount_minor, cap_minor, currency, due_at, changed_at)
VALUES (:account, :enabled, :threshold, :pack, :amount, :cap, :currency, :now, :now)
ON CONFLICT (account) DO UPDATE
    SET enabled          = excluded.enabled,
        threshold_micros = excluded.threshold_micros,
        pack             = excluded.pack,
        amount_minor     = excluded.amount_minor,
        cap_minor        = excluded.cap_minor,
        currency         = excluded.currency,
        off_because      = NULL,
        due_at           = excluded.due_at,
        changed_at       = excluded.changed_at
