INSERT INTO reversal_step (payment, account, cause, grant_number, taken_micros)
VALUES (:payment, :account, :cause, :grant, :taken)
