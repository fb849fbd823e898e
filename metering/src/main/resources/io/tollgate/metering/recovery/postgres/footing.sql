SELECT epoch, open_epoch, CASE WHEN booked_epoch = epoch THEN booked_number ELSE 0 END AS seen
  FROM flush_cursor
 WHERE partition = :partition
