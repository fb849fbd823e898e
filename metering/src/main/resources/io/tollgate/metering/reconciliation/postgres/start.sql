INSERT INTO reconciliation_run (cause, night, accounts)
SELECT :cause, :night, count(*) FROM account
ON CONFLICT DO NOTHING
RETURNING *
