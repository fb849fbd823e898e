SELECT count(*) AS entries, count(DISTINCT account) AS accounts FROM quarantine WHERE resolved_at IS NULL
