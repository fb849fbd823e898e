SELECT account
FROM auto_topup_method
WHERE payment_method = :paymentMethod
