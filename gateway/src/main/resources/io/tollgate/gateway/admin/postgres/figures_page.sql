 WHERE b.account > :after
 ORDER BY b.account
 LIMIT :limit
