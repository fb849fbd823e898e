UPDATE account_balance SET quarantined = false WHERE account = :account
