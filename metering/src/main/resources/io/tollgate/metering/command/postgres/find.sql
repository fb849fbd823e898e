SELECT account, number, id, kind, CAST(payload AS text) AS payload FROM account_command WHERE id = :id
