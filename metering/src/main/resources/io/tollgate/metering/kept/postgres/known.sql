-- Charged, whether at once or late; or the charge is with an operator, who decides (or has decided) about it.
SELECT n.hold
  FROM unnest(CAST(:days AS integer[]), CAST(:holds AS uuid[]), CAST(:accounts AS text[])) AS n (day, hold, account)
 WHERE EXISTS (SELECT FROM usage_event u
                WHERE u.day = date '1970-01-01' + n.day AND u.id = n.hold AND u.kind IN ('SETTLED', 'CHARGED'))
    OR EXISTS (SELECT FROM quarantine q WHERE q.account = n.account AND q.event_id = CAST(n.hold AS text)
                  AND q.event ->> 'kind' IN ('SETTLED', 'CHARGED'))
