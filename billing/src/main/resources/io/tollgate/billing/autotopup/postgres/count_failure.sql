INSERT INTO auto_topup_card AS c (account, fingerprint, failures)
VALUES (:account, :fingerprint, 1)
ON CONFLICT (account, fingerprint) DO UPDATE SET failures = c.failures + 1
RETURNING failures
