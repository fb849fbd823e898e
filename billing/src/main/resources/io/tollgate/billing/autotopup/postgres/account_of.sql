SELECT account
FROM stripe_customer
WHERE customer_id = :customer
