-- Only forward: what Stripe was known to wait for is not forgotten because an older answer comes late.
UPDATE auto_topup_attempt
SET state          = CASE WHEN state IN ('ACTION_REQUIRED', 'WITHHELD') THEN state ELSE :state END,
    payment_intent = coalesce(payment_intent, :paymentIntent)
WHERE id = :id
  AND state IN ('INTENT', 'UNANSWERED', 'FAULTED', 'PROCESSING', 'ACTION_REQUIRED', 'WITHHELD')
