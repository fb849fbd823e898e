UPDATE low_credit_walk SET place = :place
