UPDATE auto_topup_method
SET payment_method = NULL, fingerprint = NULL, brand = NULL, last4 = NULL, chosen = false, saved_at = :now
WHERE account = :account
  AND payment_method = :paymentMethod
