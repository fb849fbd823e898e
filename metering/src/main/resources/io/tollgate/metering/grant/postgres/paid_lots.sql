-- Those beside the grant's own that may have something left, newest first.
SELECT g.number
  FROM grant_record g
  LEFT JOIN lot l ON l.grant_number = g.number
 WHERE g.account = :account AND g.paid_minor > 0 AND g.number <> :but
   AND (l.grant_number IS NULL OR l.remaining_micros > 0)
 ORDER BY g.number DESC
 LIMIT :limit
