-- The money never arrived: the request is as good as refused, and whoever made it may make another.
UPDATE refund_request SET state = 'REFUSED', refused_because = :because, ends_invoice = NULL, closed_at = now()
WHERE id = (SELECT f.request FROM refund f WHERE f.id = :refund)
