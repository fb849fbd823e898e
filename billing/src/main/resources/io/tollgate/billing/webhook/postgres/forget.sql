DELETE FROM webhook_event
WHERE id IN (SELECT id
             FROM webhook_event
             WHERE state IN ('DONE', 'IGNORED')
               AND closed_at < now() - make_interval(secs => :ageSeconds)
             LIMIT :limit
             FOR UPDATE SKIP LOCKED)
