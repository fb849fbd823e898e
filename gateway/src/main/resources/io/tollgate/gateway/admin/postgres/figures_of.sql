 WHERE b.account = ANY (:accounts)
 ORDER BY b.account
