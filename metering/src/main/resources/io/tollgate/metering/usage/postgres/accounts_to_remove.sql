SELECT DISTINCT account FROM quarantine WHERE resolved_at IS NOT NULL AND removed_at IS NULL LIMIT :limit
