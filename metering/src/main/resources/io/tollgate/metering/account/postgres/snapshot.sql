-- One statement, so that balance, lots and cursor are of the same point of history. Lots in burn order.
SELECT b.state, b.debt_micros, b.applied, b.applied_id,
       coalesce(c.booked_epoch, 0) AS booked_epoch, coalesce(c.booked_number, 0) AS booked_number,
       l.grant_number, l.remaining_micros, l.priority, l.expires_at_millis
  FROM account_balance b
  LEFT JOIN flush_cursor c ON c.partition = :partition
  LEFT JOIN lot l ON l.account = b.account AND l.remaining_micros > 0
 WHERE b.account = :account
 ORDER BY l.priority, l.expires_at_millis = 0, l.expires_at_millis, l.grant_number
