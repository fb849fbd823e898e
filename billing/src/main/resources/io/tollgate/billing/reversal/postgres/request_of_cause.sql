 WHERE q.cause_id = :key
