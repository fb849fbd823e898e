SELECT p.grant_number, p.id AS payment
FROM payment p
WHERE p.account = :account
  AND p.grant_number = ANY (:grants)
UNION
SELECT s.grant_number, s.payment
FROM reversal_step s
WHERE s.account = :account
  AND s.grant_number = ANY (:grants)
