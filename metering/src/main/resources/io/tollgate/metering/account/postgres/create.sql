WITH created AS (
    INSERT INTO account (id, name) VALUES (:account, :name) ON CONFLICT DO NOTHING RETURNING id
), head AS (
    INSERT INTO account_command_head (account) SELECT id FROM created
), books AS (
    INSERT INTO ledger_account (name, account) SELECT 'customer:' || id, id FROM created
)
INSERT INTO account_balance (account) SELECT id FROM created
