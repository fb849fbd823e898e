-- To be run under the lock of the account's command head: what was taken for this cause already, what was granted, and what of that
-- was taken back for other causes.
SELECT c.number, c.account, c.grant_number, c.amount_micros,
       g.amount_micros AS granted_micros,
       (SELECT CAST(coalesce(sum(t.amount_micros), 0) AS bigint)
          FROM clawback_record t
         WHERE t.grant_number = g.number) AS taken_micros
  FROM account a
  LEFT JOIN clawback_record c ON c.cause_id = :causeId
  LEFT JOIN grant_record g ON g.number = :grant AND g.account = a.id
 WHERE a.id = :account
