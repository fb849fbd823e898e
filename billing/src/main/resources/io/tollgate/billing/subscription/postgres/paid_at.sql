SELECT paid_at
  FROM plan_invoice
 WHERE invoice = :invoice AND paid_at IS NOT NULL
