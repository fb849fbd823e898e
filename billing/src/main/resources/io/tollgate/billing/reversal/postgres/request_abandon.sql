UPDATE refund_request SET attempt = attempt + 1 WHERE id = :id AND attempt = :attempt AND state = 'OPEN'
