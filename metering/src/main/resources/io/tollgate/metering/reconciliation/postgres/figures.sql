-- One statement, so that figures and position are of the same point of history.
SELECT w.account, b.state, b.quarantined, b.posted_micros, b.debt_micros, b.applied, b.applied_id,
       coalesce(c.booked_epoch, 0) AS booked_epoch, coalesce(c.booked_number, 0) AS booked_number,
       l.grants, l.remaining
  FROM unnest(CAST(:accounts AS text[]), CAST(:partitions AS integer[])) AS w (account, partition)
  JOIN account_balance b ON b.account = w.account
  LEFT JOIN flush_cursor c ON c.partition = w.partition
 CROSS JOIN LATERAL (SELECT coalesce(array_agg(grant_number ORDER BY grant_number), '{}') AS grants,
                            coalesce(array_agg(remaining_micros ORDER BY grant_number), '{}') AS remaining
                       FROM lot
                      WHERE account = w.account AND remaining_micros > 0) l
