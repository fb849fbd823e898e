SELECT * FROM stripe_reconciliation WHERE id = :id
