SELECT hash FROM api_key WHERE revoked_at >= :since
UNION ALL
SELECT k.hash FROM account a JOIN api_key k ON k.account = a.id WHERE a.groups_changed_at >= :since
