UPDATE auto_topup
SET enabled = false, off_because = 'card_removed', changed_at = :now
WHERE account = :account
  AND enabled
