SELECT hash FROM api_key WHERE revoked_at >= :since
