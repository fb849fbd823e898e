UPDATE lot l
   SET remaining_micros = n.remaining, expires_at_millis = n.expires
  FROM unnest(CAST(:grants AS bigint[]), CAST(:remaining AS bigint[]), CAST(:expires AS bigint[])) AS n (number, remaining, expires)
 WHERE l.grant_number = n.number
