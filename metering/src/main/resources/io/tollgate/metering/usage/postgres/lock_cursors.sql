SELECT partition, epoch, open_epoch, booked_epoch, booked_number, booked_event, marked_epoch, marked_number,
       marked_at < now() - CAST(:trimAfterMillis AS bigint) * interval '1 millisecond' AS mark_is_old
  FROM flush_cursor
 WHERE partition = ANY(CAST(:partitions AS integer[]))
 ORDER BY partition
   FOR UPDATE
