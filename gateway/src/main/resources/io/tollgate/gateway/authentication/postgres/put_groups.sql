UPDATE account SET groups = :groups, groups_changed_at = clock_timestamp() WHERE id = :account
