UPDATE refund_request SET state = 'REFUSED', refused_because = :code, ends_invoice = NULL, closed_at = now()
WHERE id = :id AND state = 'OPEN'
