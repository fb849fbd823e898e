-- The conflicting row is locked, then judged as it is at that moment. At first contact there is nothing to recover.
WITH advanced AS (
    INSERT INTO flush_cursor AS c (partition, epoch) VALUES (:partition, CAST(:lost AS bigint) + 1)
    ON CONFLICT (partition) DO UPDATE SET epoch = excluded.epoch WHERE c.epoch < excluded.epoch
    RETURNING partition, epoch, booked_epoch, booked_number
)
INSERT INTO recovery (partition, epoch, lost_epoch, cause, head_epoch, head_number, known_number, booked_number)
SELECT partition, epoch, :lost, :cause, :headEpoch, :headNumber, :known,
       CASE WHEN booked_epoch = :lost THEN booked_number ELSE 0 END
  FROM advanced
 WHERE CAST(:lost AS bigint) > 0
