-- Commands that take credit back, replace an allowance, and close an account.

ALTER TABLE account_command DROP CONSTRAINT account_command_kind_check;
ALTER TABLE account_command ADD CONSTRAINT account_command_kind_check
    CHECK (kind IN ('GRANT', 'LATE_CHARGE', 'FREEZE', 'THAW', 'CLAWBACK', 'REPLACE_ALLOWANCE', 'CLOSE'));
