-- To be run under the lock of the account's command head: what was given for this cause already, and the most the account may
-- come to hold, which is what is booked and what commands on their way will lift it by. Charges on their way only lower it.
SELECT g.number, g.account, g.amount_micros, g.paid_minor, g.currency, g.priority, g.expires_at, g.rollover_micros,
       b.posted_micros + (SELECT CAST(coalesce(sum(c.lifts_micros), 0) AS bigint)
                            FROM account_command c
                           WHERE c.account = b.account AND c.booked_at IS NULL) AS bound_micros,
       now() AS considered_at
  FROM account_balance b
  LEFT JOIN grant_record g ON g.cause = :cause AND g.cause_id = :causeId
 WHERE b.account = :account
