SELECT * FROM stripe_reconciliation WHERE state = 'RUNNING'
