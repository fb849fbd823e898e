INSERT INTO account_plan (account)
SELECT id FROM account WHERE id = :account
ON CONFLICT (account) DO NOTHING
