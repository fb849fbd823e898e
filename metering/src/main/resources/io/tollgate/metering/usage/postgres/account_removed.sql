UPDATE quarantine SET removed_at = now() WHERE account = :account AND resolved_at IS NOT NULL AND removed_at IS NULL
