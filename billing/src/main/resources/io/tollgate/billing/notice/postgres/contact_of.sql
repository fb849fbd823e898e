SELECT email, low_credit_micros
FROM contact
WHERE account = :account
