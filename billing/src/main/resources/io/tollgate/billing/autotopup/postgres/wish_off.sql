UPDATE auto_topup
SET enabled = false, off_because = NULL, changed_at = :now
WHERE account = :account
  AND enabled
