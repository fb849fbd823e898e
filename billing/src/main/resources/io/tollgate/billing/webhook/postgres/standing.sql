SELECT count(*) FILTER (WHERE state = 'WAITING') AS waiting, count(*) FILTER (WHERE state = 'BURIED') AS buried
FROM webhook_event
WHERE state IN ('WAITING', 'BURIED')
