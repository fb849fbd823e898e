INSERT INTO ledger_transaction (id, kind, cause, account)
SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:kinds AS text[]), CAST(:causes AS text[]), CAST(:accounts AS text[]))
