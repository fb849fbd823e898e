-- Whoever thawed the account since has had a look at what stood then.
UPDATE account_freeze SET lifted_at = now() WHERE account = :account AND cause <> :cause AND lifted_at IS NULL
