UPDATE api_key k SET revoked_at = coalesce(k.revoked_at, clock_timestamp())
  FROM account a
 WHERE a.id = k.account AND k.account = :account AND k.id = :id
RETURNING k.id, k.account, k.name, k.shown, k.created_at, k.expires_at, k.revoked_at, a.groups
