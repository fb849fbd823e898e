UPDATE lot l
   SET remaining_micros = n.remaining
  FROM unnest(CAST(:grants AS bigint[]), CAST(:remaining AS bigint[])) AS n (number, remaining)
 WHERE l.grant_number = n.number
