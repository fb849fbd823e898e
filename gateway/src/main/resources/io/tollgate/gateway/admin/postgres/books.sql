SELECT unit, CAST(sum(amount) AS bigint) AS total FROM ledger_entry GROUP BY unit
