UPDATE auto_topup_method
SET fingerprint = :fingerprint, brand = :brand, last4 = :last4
WHERE account = :account
  AND payment_method = :paymentMethod
