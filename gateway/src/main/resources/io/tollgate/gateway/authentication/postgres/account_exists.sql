SELECT 1 FROM account WHERE id = :account
