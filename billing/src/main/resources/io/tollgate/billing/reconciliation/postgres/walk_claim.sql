UPDATE stripe_event_walk
SET walker = :walker, leased_until = now() + CAST(:leaseMillis AS bigint) * interval '1 millisecond'
WHERE name = :name
  AND (walker IN ('', :walker) OR leased_until < now())
RETURNING *
