-- The conflicting row is locked, then judged as it is at that moment.
INSERT INTO flush_cursor AS c (partition, epoch) VALUES (:partition, CAST(:lost AS bigint) + 1)
ON CONFLICT (partition) DO UPDATE SET epoch = greatest(c.epoch, excluded.epoch)
RETURNING epoch
