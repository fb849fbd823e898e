SELECT issued FROM account_command_head WHERE account = :account FOR UPDATE
