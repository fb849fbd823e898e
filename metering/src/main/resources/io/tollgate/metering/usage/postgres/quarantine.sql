INSERT INTO quarantine (partition, epoch, number, account, reason, fields)
SELECT * FROM unnest(CAST(:partitions AS integer[]), CAST(:epochs AS bigint[]), CAST(:numbers AS bigint[]),
                     CAST(:accounts AS text[]), CAST(:reasons AS text[]), CAST(:fields AS text[]))
ON CONFLICT DO NOTHING
