INSERT INTO ledger_entry (ledger_transaction, ledger_account, unit, amount)
SELECT * FROM unnest(CAST(:transactions AS uuid[]), CAST(:accounts AS text[]), CAST(:units AS text[]), CAST(:amounts AS bigint[]))
