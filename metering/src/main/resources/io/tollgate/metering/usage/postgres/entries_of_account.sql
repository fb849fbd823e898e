SELECT partition, epoch, number, account, reason, fields, CAST(event AS text) AS event, quarantined_at
  FROM quarantine
 WHERE account = :account AND resolved_at IS NULL
 ORDER BY epoch, number, entry
