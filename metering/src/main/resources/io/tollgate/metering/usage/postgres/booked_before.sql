SELECT u.id, u.kind
  FROM unnest(CAST(:days AS integer[]), CAST(:ids AS uuid[])) AS n (day, id)
  JOIN usage_event u ON u.day = date '1970-01-01' + n.day AND u.id = n.id
