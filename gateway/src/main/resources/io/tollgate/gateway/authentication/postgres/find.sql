SELECT k.id, k.account, k.name, k.shown, k.created_at, k.expires_at, k.revoked_at, a.groups
  FROM api_key k
  JOIN account a ON a.id = k.account
 WHERE k.hash = :hash
