SELECT count(*) FILTER (WHERE state = 'WAITING') AS waiting,
       count(*) FILTER (WHERE state = 'KEPT') AS kept,
       count(*) FILTER (WHERE state = 'BURIED') AS buried,
       coalesce(greatest(0, extract(epoch FROM now() - min(due_at) FILTER (WHERE state = 'WAITING'))), 0)::float8 AS oldest_seconds
FROM notice_delivery
WHERE state IN ('WAITING', 'KEPT', 'BURIED')
