UPDATE auto_topup_attempt
SET state          = 'ACTION_REQUIRED',
    payment_intent = coalesce(payment_intent, :paymentIntent),
    confirm_url    = :url
WHERE id = :id
  AND state IN ('INTENT', 'UNANSWERED', 'FAULTED', 'PROCESSING')
