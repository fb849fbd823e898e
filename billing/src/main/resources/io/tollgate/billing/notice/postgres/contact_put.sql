INSERT INTO contact (account, email, low_credit_micros, learned)
VALUES (:account, :email, :lowCredit, false)
ON CONFLICT (account) DO UPDATE
SET email = excluded.email, low_credit_micros = excluded.low_credit_micros, learned = false, changed_at = now()
