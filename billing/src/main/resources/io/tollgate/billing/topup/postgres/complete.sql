-- A plan's order ends here: its credit comes with the invoices of the subscription.
UPDATE topup_order
SET state        = 'COMPLETED',
    session_id   = coalesce(session_id, :session),
    subscription = :subscription
WHERE id = :id
  AND plan IS NOT NULL
  AND state <> 'COMPLETED'
