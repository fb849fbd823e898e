-- What changes an account's credit beside its calls, and how it shows in the books.

-- Every booked event that is no hold's end, and what of a lot expired with a hold's end. Its place comes first in the key: a
-- statement reads it backwards. Numbers can be used again after the live store has lost something, so the id belongs to the key.
CREATE TABLE account_event (
    account             text        NOT NULL,
    epoch               bigint      NOT NULL,
    number              bigint      NOT NULL,
    -- The command's, the hold's where its end let something expire, or the expiry's own.
    id                  text        NOT NULL CHECK (length(id) <= 300),
    kind                text        NOT NULL
        CHECK (kind IN ('GRANTED', 'FROZEN', 'THAWED', 'CLOSED', 'LOTS_EXPIRED', 'CLAWED_BACK', 'ALLOWANCE_REPLACED')),
    at                  timestamptz NOT NULL,
    partition           integer     NOT NULL,
    -- By how much posted changed with it.
    amount_micros       bigint      NOT NULL,
    -- Clawed back, from lots or as debt; and what could not be.
    charged_micros      bigint      NOT NULL CHECK (charged_micros >= 0),
    uncollected_micros  bigint      NOT NULL CHECK (uncollected_micros >= 0),
    expired_micros      bigint      NOT NULL CHECK (expired_micros >= 0),
    debt_change_micros  bigint      NOT NULL,
    posted_after_micros bigint      NOT NULL,
    -- grant:micros, comma-separated: which lot was filled or gave, and which expired
    lots                text        NOT NULL,
    expired             text        NOT NULL,
    -- 0 for none
    command             bigint      NOT NULL CHECK (command >= 0),
    PRIMARY KEY (account, epoch, number, id, kind)
);
GRANT SELECT, INSERT ON account_event TO tollgate_app;

-- Read by place as well, never by time.
DROP INDEX usage_event_of_account;
CREATE INDEX usage_event_of_account ON usage_event (account, epoch, number);

-- A replaced allowance ends before its time, or lives on with the next one.
GRANT UPDATE (expires_at_millis) ON lot TO tollgate_app;

-- How much of the allowances before lives on; of no other grant.
ALTER TABLE grant_record ADD COLUMN rollover_micros bigint CHECK (rollover_micros BETWEEN 0 AND 9007199254740991);
ALTER TABLE grant_record DROP CONSTRAINT grant_record_cause_check;
ALTER TABLE grant_record ADD CONSTRAINT grant_record_cause_check CHECK (cause IN ('TOP_UP', 'OPERATOR', 'ALLOWANCE'));
ALTER TABLE grant_record ADD CHECK ((cause = 'ALLOWANCE') = (rollover_micros IS NOT NULL));

-- Credit taken back, once per cause.
CREATE TABLE clawback_record (
    number        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account       text        NOT NULL REFERENCES account,
    grant_number  bigint      NOT NULL REFERENCES grant_record,
    amount_micros bigint      NOT NULL CHECK (amount_micros BETWEEN 1 AND 9007199254740991),
    cause_id      text        NOT NULL UNIQUE CHECK (length(cause_id) BETWEEN 1 AND 255),
    taken_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX clawback_record_of_grant ON clawback_record (grant_number);
GRANT SELECT, INSERT ON clawback_record TO tollgate_app;

-- Room for an account and an idempotency key.
ALTER TABLE account_command DROP CONSTRAINT account_command_id_check;
ALTER TABLE account_command ADD CONSTRAINT account_command_id_check CHECK (length(id) BETWEEN 1 AND 300);

ALTER TABLE ledger_transaction DROP CONSTRAINT ledger_transaction_kind_check;
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_kind_check
    CHECK (kind IN ('TOP_UP', 'GRANT', 'USAGE', 'EXPIRY', 'CLAWBACK'));
ALTER TABLE ledger_transaction DROP CONSTRAINT ledger_transaction_cause_check;
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_cause_check CHECK (length(cause) <= 400);
