SELECT c.account, c.number, c.id, c.kind, CAST(c.payload AS text) AS payload
  FROM unnest(CAST(:accounts AS text[]), CAST(:numbers AS bigint[])) AS n (account, number)
  JOIN account_command c ON c.account = n.account AND c.number = n.number
