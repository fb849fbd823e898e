 WHERE q.payment = :key AND q.asked_by = 'CUSTOMER' AND q.state <> 'REFUSED'
