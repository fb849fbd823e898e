SELECT id, phase FROM refund WHERE payment = :payment
