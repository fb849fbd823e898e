   AND (l.grant_number IS NULL OR l.remaining_micros > 0)
 ORDER BY g.priority, expires_at NULLS LAST, g.number
 LIMIT :limit
