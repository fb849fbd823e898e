-- What is out of a payment, or is about to be.
SELECT amount_minor, credits_micros FROM refund_request WHERE payment = :payment AND state = 'OPEN'
UNION ALL
SELECT f.amount_minor, q.credits_micros
  FROM refund f
  LEFT JOIN refund_request q ON q.id = f.request
 WHERE f.payment = :payment AND f.phase IN ('PENDING', 'SUCCEEDED')
UNION ALL
SELECT amount_minor, NULL FROM dispute WHERE payment = :payment AND phase IN ('OPEN', 'PREVENTED', 'LOST')
