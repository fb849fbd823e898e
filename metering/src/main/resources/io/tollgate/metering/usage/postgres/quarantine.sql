INSERT INTO quarantine (partition, epoch, number, account, reason, fields, event_id, event)
SELECT q.partition, q.epoch, q.number, q.account, q.reason, q.fields, q.event_id, CAST(q.event AS jsonb)
  FROM unnest(CAST(:partitions AS integer[]), CAST(:epochs AS bigint[]), CAST(:numbers AS bigint[]),
              CAST(:accounts AS text[]), CAST(:reasons AS text[]), CAST(:fields AS text[]),
              CAST(:eventIds AS text[]), CAST(:events AS text[]))
       AS q (partition, epoch, number, account, reason, fields, event_id, event)
ON CONFLICT DO NOTHING
