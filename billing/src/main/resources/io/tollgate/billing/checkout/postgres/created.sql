UPDATE stripe_customer
SET customer_id = coalesce(customer_id, :customer)
WHERE account = :account
RETURNING customer_id
