UPDATE stripe_event_walk
SET walked_until = :walkedUntil,
    window_from  = :from,
    window_until = :until,
    after_event  = :after,
    recovered    = recovered + :recovered,
    leased_until = now() + CAST(:leaseMillis AS bigint) * interval '1 millisecond'
WHERE name = :name
  AND walker = :walker
RETURNING *
