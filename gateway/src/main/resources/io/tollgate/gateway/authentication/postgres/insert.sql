-- Nothing comes back for a text that is a key already, or an account that is not there.
INSERT INTO api_key (id, account, hash, name, shown, expires_at)
SELECT :id, a.id, :hash, :name, :shown, :expiresAt
  FROM account a
 WHERE a.id = :account
ON CONFLICT (hash) DO NOTHING
RETURNING id, account, name, shown, created_at, expires_at, revoked_at, (SELECT groups FROM account WHERE id = :account) AS groups
