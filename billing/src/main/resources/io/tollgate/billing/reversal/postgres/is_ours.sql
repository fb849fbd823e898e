SELECT EXISTS (SELECT FROM stripe_customer WHERE customer_id = :customer)
