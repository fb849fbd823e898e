SELECT a.id
  FROM account a
 WHERE a.created_at > now() - make_interval(secs => :ageSeconds)
   AND NOT EXISTS (SELECT FROM account_plan p WHERE p.account = a.id)
 LIMIT :limit
