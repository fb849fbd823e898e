UPDATE auto_topup_card
SET blocked_until = :until
WHERE account = :account
  AND fingerprint = :fingerprint
