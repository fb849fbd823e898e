UPDATE stripe_customer
SET attempt = attempt + 1
WHERE account = :account
  AND attempt = :attempt
  AND customer_id IS NULL
