UPDATE auto_topup_attempt
SET state          = 'WITHHELD',
    payment_intent = coalesce(payment_intent, :paymentIntent),
    because        = :reason
WHERE id = :id
  AND state <> 'GRANTED'
  -- An attempt that was closed and is paid after all leaves the place to the one that is open.
  AND NOT EXISTS (SELECT 1 FROM auto_topup_attempt o
                   WHERE o.account = auto_topup_attempt.account AND o.id <> auto_topup_attempt.id
                     AND o.state IN ('INTENT', 'UNANSWERED', 'FAULTED', 'PROCESSING', 'ACTION_REQUIRED', 'WITHHELD'))
