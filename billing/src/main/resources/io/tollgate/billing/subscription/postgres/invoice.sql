SELECT *
  FROM plan_invoice
 WHERE invoice = :invoice
