INSERT INTO installation (partitions) VALUES (:partitions) ON CONFLICT DO NOTHING
