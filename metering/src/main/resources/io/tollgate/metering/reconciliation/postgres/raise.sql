INSERT INTO incident (kind, subject, detail)
SELECT 'DRIFT', n.account || ' ' || n.kind, 'found ' || n.found || ', expected ' || n.expected
  FROM unnest(CAST(:accounts AS text[]), CAST(:kinds AS text[]), CAST(:found AS text[]), CAST(:expected AS text[]))
       AS n (account, kind, found, expected)
ON CONFLICT DO NOTHING
