-- Commands go down: gapless per account. The counter has its own row, so that issuing never waits for the flusher.

CREATE TABLE account_command_head (
    account text   PRIMARY KEY REFERENCES account,
    issued  bigint NOT NULL DEFAULT 0 CHECK (issued >= 0)
) WITH (fillfactor = 70);

CREATE TABLE account_command (
    account      text        NOT NULL REFERENCES account_command_head,
    number       bigint      NOT NULL CHECK (number >= 1),
    id           text        NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 200),
    kind         text        NOT NULL CHECK (kind IN ('GRANT', 'LATE_CHARGE', 'FREEZE', 'THAW')),
    payload      jsonb       NOT NULL,
    -- By how much at most it lifts the account's posted credit.
    lifts_micros bigint      NOT NULL DEFAULT 0 CHECK (lifts_micros BETWEEN 0 AND 9007199254740991),
    issued_at    timestamptz NOT NULL DEFAULT now(),
    booked_at    timestamptz,
    PRIMARY KEY (account, number)
);
CREATE INDEX account_command_waiting ON account_command (issued_at) WHERE booked_at IS NULL;
CREATE INDEX account_command_waiting_by_account ON account_command (account, number) WHERE booked_at IS NULL;

GRANT SELECT, INSERT ON account_command_head TO tollgate_app;
GRANT UPDATE (issued) ON account_command_head TO tollgate_app;
GRANT SELECT, INSERT ON account_command TO tollgate_app;
GRANT UPDATE (booked_at) ON account_command TO tollgate_app;
