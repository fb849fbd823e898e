UPDATE flush_cursor c
   SET booked_epoch = n.booked_epoch, booked_number = n.booked_number, booked_event = n.booked_event, booked_at = now(),
       marked_epoch = n.marked_epoch, marked_number = n.marked_number,
       marked_at = CASE WHEN n.marked THEN now() ELSE c.marked_at END
  FROM unnest(CAST(:partitions AS integer[]), CAST(:bookedEpochs AS bigint[]), CAST(:bookedNumbers AS bigint[]),
              CAST(:bookedEvents AS text[]), CAST(:markedEpochs AS bigint[]), CAST(:markedNumbers AS bigint[]),
              CAST(:marked AS boolean[]))
       AS n (partition, booked_epoch, booked_number, booked_event, marked_epoch, marked_number, marked)
 WHERE c.partition = n.partition
