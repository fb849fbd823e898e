-- Entries of the partition that an operator has decided about. A number may have been used twice, so the event's id is told too.
SELECT q.epoch, q.number, q.event_id
  FROM unnest(CAST(:epochs AS bigint[]), CAST(:numbers AS bigint[])) AS n (epoch, number)
  JOIN quarantine q ON q.partition = :partition AND q.epoch = n.epoch AND q.number = n.number
 WHERE q.resolved_at IS NOT NULL
