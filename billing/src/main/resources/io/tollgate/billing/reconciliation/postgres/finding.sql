SELECT * FROM stripe_finding WHERE number = :number
