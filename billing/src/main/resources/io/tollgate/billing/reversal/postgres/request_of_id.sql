 WHERE q.id = :key
