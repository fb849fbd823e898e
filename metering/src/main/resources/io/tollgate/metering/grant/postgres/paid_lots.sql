-- Those beside the grant's own that may have something left, newest first. None stand in for a gift: what was paid for them would
-- be owed to the customer, though nobody pays it back.
SELECT g.number
  FROM grant_record g
  LEFT JOIN lot l ON l.grant_number = g.number
 WHERE g.account = :account AND g.paid_minor > 0 AND g.number <> :but
   AND EXISTS (SELECT FROM grant_record own WHERE own.number = :but AND own.paid_minor > 0)
   AND (l.grant_number IS NULL OR l.remaining_micros > 0)
 ORDER BY g.number DESC
 LIMIT :limit
