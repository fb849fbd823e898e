UPDATE recovery
   SET read_epoch = :readEpoch, read_number = :readNumber, events_booked = events_booked + :booked,
       found_number = CASE WHEN lost_epoch = :readEpoch THEN :readNumber ELSE found_number END
 WHERE partition = :partition AND epoch = :epoch
