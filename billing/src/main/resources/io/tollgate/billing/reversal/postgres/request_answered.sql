UPDATE refund_request SET state = 'ANSWERED', refused_because = NULL, closed_at = now()
WHERE id = :request AND payment = :payment AND state <> 'ANSWERED'
