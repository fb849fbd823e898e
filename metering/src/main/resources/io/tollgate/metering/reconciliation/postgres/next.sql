SELECT id FROM account WHERE id > :after ORDER BY id LIMIT :limit
