SELECT id, account, name, shown, created_at, expires_at, revoked_at FROM api_key WHERE hash = :hash
