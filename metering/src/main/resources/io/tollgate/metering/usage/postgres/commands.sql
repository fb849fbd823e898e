SELECT c.account, c.number, c.id, c.payload ->> 'holdId' AS hold_id,
       g.number AS grant_number, g.amount_micros, g.paid_minor, g.currency
  FROM unnest(CAST(:accounts AS text[]), CAST(:numbers AS bigint[])) AS n (account, number)
  JOIN account_command c ON c.account = n.account AND c.number = n.number
  LEFT JOIN grant_record g ON g.number = CAST(c.payload ->> 'grant' AS bigint) AND g.account = c.account
