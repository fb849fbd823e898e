-- Held until the attempt is written: what is read after it is what the last to hold it left.
SELECT account
FROM auto_topup
WHERE account = :account
FOR UPDATE
