SELECT q.id, q.payment, q.account, q.cause_id, q.asked_by, q.amount_minor, p.currency, q.credits_micros, q.reason, q.state,
       q.ends_invoice, q.attempt, q.refused_because, q.asked_at
  FROM refund_request q
  JOIN payment p ON p.id = q.payment
