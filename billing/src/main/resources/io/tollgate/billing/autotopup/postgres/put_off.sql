UPDATE auto_topup
SET due_at = :due
WHERE account = :account
