SELECT account, number, id, kind, CAST(payload AS text) AS payload
  FROM account_command
 WHERE account = :account AND booked_at IS NULL
 ORDER BY number
 LIMIT :limit
