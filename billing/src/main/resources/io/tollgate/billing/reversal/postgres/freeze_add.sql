INSERT INTO account_freeze (cause, account) VALUES (:cause, :account) ON CONFLICT DO NOTHING
