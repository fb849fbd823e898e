INSERT INTO ledger_account (name)
SELECT unnest(CAST(:names AS text[]))
ON CONFLICT DO NOTHING
