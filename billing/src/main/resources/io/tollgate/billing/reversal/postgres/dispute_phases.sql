SELECT id, phase FROM dispute WHERE payment = :payment
