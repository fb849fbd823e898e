-- Whoever changes this row gives the credit; the others wait for it here and then find it granted.
UPDATE topup_order
SET state            = 'GRANTED',
    granted_at       = now(),
    session_id       = coalesce(session_id, :session),
    payment_intent   = :paymentIntent,
    paid_minor       = :paid,
    withheld_because = NULL
WHERE id = :id
  AND state <> 'GRANTED'
