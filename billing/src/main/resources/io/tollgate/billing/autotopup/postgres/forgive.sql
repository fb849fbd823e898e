UPDATE auto_topup_card
SET failures = 0, blocked_until = NULL
WHERE account = :account
  AND fingerprint = :fingerprint
