INSERT INTO drift AS d (run, account, kind, found, expected)
SELECT CAST(:run AS bigint), n.*
  FROM unnest(CAST(:accounts AS text[]), CAST(:kinds AS text[]), CAST(:found AS text[]), CAST(:expected AS text[])) AS n
ON CONFLICT (run, account, kind)
DO UPDATE SET found = excluded.found, expected = excluded.expected, last_seen_at = now()
