-- No lock outlives this statement: handling an event calls Stripe, which no SQL transaction may wait for.
UPDATE webhook_event
SET attempts = attempts + 1, due_at = now() + make_interval(secs => :leaseSeconds)
WHERE id IN (SELECT id
             FROM webhook_event
             WHERE state = 'WAITING'
               AND due_at <= now()
             ORDER BY due_at
             LIMIT :limit
             FOR UPDATE SKIP LOCKED)
RETURNING id, type, object_id, attempts
