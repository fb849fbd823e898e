 ORDER BY g.number DESC
 LIMIT :limit
