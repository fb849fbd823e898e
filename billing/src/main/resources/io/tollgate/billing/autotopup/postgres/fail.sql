UPDATE auto_topup_attempt
SET state          = :state,
    payment_intent = coalesce(payment_intent, :paymentIntent),
    confirm_url    = NULL,
    because        = :reason,
    ended_at       = :now
WHERE id = :id
  AND state IN ('INTENT', 'UNANSWERED', 'FAULTED', 'PROCESSING', 'ACTION_REQUIRED', 'WITHHELD')
