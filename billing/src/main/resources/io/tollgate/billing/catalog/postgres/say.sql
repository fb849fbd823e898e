-- What was the last to be said is not said again.
INSERT INTO catalog_change (kind, id, line)
SELECT :kind, :id, CAST(:line AS jsonb)
WHERE NOT EXISTS (SELECT
                  FROM (SELECT line FROM catalog_change WHERE kind = :kind AND id = :id ORDER BY number DESC LIMIT 1) latest
                  WHERE latest.line IS NOT DISTINCT FROM CAST(:line AS jsonb))
