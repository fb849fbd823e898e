WITH numbered AS (
    UPDATE account_command_head SET issued = issued + 1
     WHERE account = :account AND NOT EXISTS (SELECT FROM account_command WHERE id = :id)
    RETURNING issued
)
INSERT INTO account_command (account, number, id, kind, payload, lifts_micros)
SELECT :account, issued, :id, :kind, CAST(:payload AS jsonb), :lifts FROM numbered
RETURNING number
