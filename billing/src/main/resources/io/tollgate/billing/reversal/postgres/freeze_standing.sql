SELECT count(*) FROM account_freeze WHERE account = :account AND lifted_at IS NULL
