-- Runs that compare the live store with the book, and what they found. One run at a time, worked on by whoever holds its lease.

CREATE TABLE reconciliation_run (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cause        text        NOT NULL CHECK (cause IN ('OPERATOR', 'NIGHTLY')),
    -- One run a night, whichever gateway begins it.
    night        date        UNIQUE,
    state        text        NOT NULL DEFAULT 'RUNNING' CHECK (state IN ('RUNNING', 'FINISHED')),
    accounts     bigint      NOT NULL CHECK (accounts >= 0),
    checked      bigint      NOT NULL DEFAULT 0 CHECK (checked >= 0),
    moving       bigint      NOT NULL DEFAULT 0 CHECK (moving >= 0),
    drifted      bigint      NOT NULL DEFAULT 0 CHECK (drifted >= 0),
    last_account text        NOT NULL DEFAULT '',
    runner       text        NOT NULL DEFAULT '',
    leased_until timestamptz NOT NULL DEFAULT now(),
    resumed      integer     NOT NULL DEFAULT 0,
    started_at   timestamptz NOT NULL DEFAULT now(),
    finished_at  timestamptz,
    CHECK ((cause = 'NIGHTLY') = (night IS NOT NULL)),
    CHECK ((state = 'FINISHED') = (finished_at IS NOT NULL))
);
CREATE UNIQUE INDEX reconciliation_run_running ON reconciliation_run (state) WHERE state = 'RUNNING';

CREATE TABLE drift (
    number        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Null for the continuous look at active accounts.
    run           bigint      REFERENCES reconciliation_run,
    account       text        NOT NULL REFERENCES account,
    kind          text        NOT NULL,
    found         text        NOT NULL,
    expected      text        NOT NULL,
    first_seen_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE NULLS NOT DISTINCT (run, account, kind)
);
CREATE INDEX drift_of_account ON drift (account, number);

GRANT SELECT, INSERT, UPDATE ON reconciliation_run TO tollgate_app;
GRANT SELECT, INSERT ON drift TO tollgate_app;
GRANT UPDATE (found, expected, last_seen_at) ON drift TO tollgate_app;
