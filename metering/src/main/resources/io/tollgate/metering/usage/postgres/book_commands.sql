UPDATE account_command c
   SET booked_at = now()
  FROM unnest(CAST(:accounts AS text[]), CAST(:numbers AS bigint[])) AS n (account, number)
 WHERE c.account = n.account AND c.number = n.number
