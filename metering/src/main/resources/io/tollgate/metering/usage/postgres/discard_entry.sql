WITH resolved AS (
    UPDATE quarantine
       SET resolved_at = now(), decision = 'DISCARDED', decided_because = :because, removed_at = now()
     WHERE partition = :partition AND epoch = :epoch AND number = :number AND account = '' AND resolved_at IS NULL
    RETURNING partition, epoch, number
), closed AS (
    UPDATE incident i SET closed_at = now()
      FROM resolved r
     WHERE i.kind = 'QUARANTINE' AND i.closed_at IS NULL
       AND i.subject = r.partition || '@' || r.epoch || '-' || r.number
       AND NOT EXISTS (SELECT FROM quarantine q
                        WHERE q.partition = r.partition AND q.epoch = r.epoch AND q.number = r.number
                          AND q.account <> '' AND q.resolved_at IS NULL)
)
SELECT count(*) AS entries FROM resolved
