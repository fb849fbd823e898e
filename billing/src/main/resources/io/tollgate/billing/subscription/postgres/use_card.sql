INSERT INTO trial_card (fingerprint, account)
VALUES (:fingerprint, :account)
ON CONFLICT (fingerprint) DO NOTHING
