-- One row for each hold that has ended: its charge if there is one. The day is the hold's, which its id begins with.
SELECT DISTINCT ON (u.id) u.id, u.kind, u.charged_micros, u.uncollected_micros
  FROM unnest(CAST(:ids AS uuid[]), CAST(:days AS integer[])) AS n (id, day)
  JOIN usage_event u ON u.day = date '1970-01-01' + n.day AND u.id = n.id
 ORDER BY u.id, u.kind IN ('SETTLED', 'CHARGED') DESC, u.kind DESC
