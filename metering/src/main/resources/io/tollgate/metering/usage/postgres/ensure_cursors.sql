INSERT INTO flush_cursor (partition)
SELECT generate_series(0, CAST(:count AS integer) - 1)
ON CONFLICT DO NOTHING
