INSERT INTO stripe_customer (account)
VALUES (:account)
ON CONFLICT DO NOTHING
