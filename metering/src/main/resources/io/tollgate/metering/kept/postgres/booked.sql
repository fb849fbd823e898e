SELECT partition, open_epoch, booked_epoch, booked_number
  FROM flush_cursor
 WHERE partition = ANY(CAST(:partitions AS integer[]))
