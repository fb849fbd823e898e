INSERT INTO incident (kind, subject, detail)
SELECT * FROM unnest(CAST(:kinds AS text[]), CAST(:subjects AS text[]), CAST(:details AS text[]))
ON CONFLICT DO NOTHING
