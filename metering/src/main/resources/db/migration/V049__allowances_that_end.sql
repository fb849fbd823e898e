-- Allowances that end before their time, credit that is given again, and the money of plans, refunds and disputes.

ALTER TABLE account_command DROP CONSTRAINT account_command_kind_check;
ALTER TABLE account_command ADD CONSTRAINT account_command_kind_check
    CHECK (kind IN ('GRANT', 'LATE_CHARGE', 'FREEZE', 'THAW', 'CLAWBACK', 'REPLACE_ALLOWANCE', 'END_ALLOWANCES', 'CLOSE'));

ALTER TABLE account_event DROP CONSTRAINT account_event_kind_check;
ALTER TABLE account_event ADD CONSTRAINT account_event_kind_check
    CHECK (kind IN ('GRANTED', 'FROZEN', 'THAWED', 'CLOSED', 'LOTS_EXPIRED', 'CLAWED_BACK', 'ALLOWANCE_REPLACED', 'ALLOWANCES_ENDED'));

-- Once per cause, also where nothing was left to end.
CREATE TABLE allowance_end (
    number   bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account  text        NOT NULL REFERENCES account,
    cause_id text        NOT NULL UNIQUE CHECK (length(cause_id) BETWEEN 1 AND 255),
    ended_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT ON allowance_end TO tollgate_app;

ALTER TABLE grant_record DROP CONSTRAINT grant_record_cause_check;
ALTER TABLE grant_record ADD CONSTRAINT grant_record_cause_check
    CHECK (cause IN ('TOP_UP', 'OPERATOR', 'ALLOWANCE', 'REINSTATED'));

ALTER TABLE ledger_transaction DROP CONSTRAINT ledger_transaction_kind_check;
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_kind_check
    CHECK (kind IN ('TOP_UP', 'GRANT', 'USAGE', 'EXPIRY', 'CLAWBACK', 'PLAN_PAYMENT', 'REFUND', 'DISPUTE'));
