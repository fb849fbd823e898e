UPDATE api_key SET revoked_at = coalesce(revoked_at, clock_timestamp())
 WHERE account = :account AND id = :id
RETURNING id, account, name, shown, created_at, expires_at, revoked_at
