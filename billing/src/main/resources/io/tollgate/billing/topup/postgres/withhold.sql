UPDATE topup_order
SET state = 'WITHHELD', withheld_because = :reason
WHERE id = :id
  AND state NOT IN ('GRANTED', 'COMPLETED')
