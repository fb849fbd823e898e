-- By the book's clock, for finding them; the live store's decides whether a lot's time is over.
SELECT l.account, l.expires_at_millis, l.grant_number
  FROM lot l JOIN account_balance b ON b.account = l.account
 WHERE l.remaining_micros > 0 AND l.expires_at_millis > 0
   AND l.expires_at_millis <= extract(epoch FROM now()) * 1000
   AND (l.expires_at_millis, l.grant_number) > (CAST(:expiresAtMillis AS bigint), CAST(:grant AS bigint))
   AND NOT b.quarantined
 ORDER BY l.expires_at_millis, l.grant_number
 LIMIT :limit
