UPDATE account_balance b
   SET state = n.state, posted_micros = n.posted, debt_micros = n.debt, applied = n.applied, applied_id = n.applied_id,
       quarantined = n.quarantined, booked_at = now()
  FROM unnest(CAST(:accounts AS text[]), CAST(:states AS text[]), CAST(:posted AS bigint[]), CAST(:debts AS bigint[]),
              CAST(:applied AS bigint[]), CAST(:appliedIds AS text[]), CAST(:quarantined AS boolean[]))
       AS n (account, state, posted, debt, applied, applied_id, quarantined)
 WHERE b.account = n.account
