-- GRANTED and COMPLETED are final; AWAITING_PAYMENT may come late and must not reopen an order that has failed or expired meanwhile.
UPDATE topup_order
SET state = :state
WHERE id = :id
  AND state NOT IN ('GRANTED', 'COMPLETED')
  AND (:state NOT IN ('AWAITING_PAYMENT', 'UNANSWERED', 'ABANDONED', 'REFUSED')
    OR state IN ('INTENT', 'UNANSWERED')
    OR (:state = 'AWAITING_PAYMENT' AND state = 'OPEN'))
