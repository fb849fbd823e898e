SELECT c.kind, c.id, CAST(c.line AS text) AS line, CAST(b.line AS text) AS before
FROM (SELECT kind, id, min(number) AS first, max(number) AS last
      FROM catalog_change
      GROUP BY kind, id
      ORDER BY first
      LIMIT :limit) said
JOIN catalog_change c ON c.number = said.last
LEFT JOIN LATERAL (SELECT line
                   FROM catalog_change p
                   WHERE p.kind = said.kind AND p.id = said.id AND p.line IS NOT NULL
                   ORDER BY p.number DESC
                   LIMIT 1) b ON true
ORDER BY said.first
