SELECT attempt, customer_id
FROM stripe_customer
WHERE account = :account
