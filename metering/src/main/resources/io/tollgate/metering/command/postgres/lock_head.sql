-- Issuers of one account queue here. A statement of its own: the next one must see what the last issuer committed.
SELECT issued FROM account_command_head WHERE account = :account FOR UPDATE
