-- How far each partition's events are booked, and what could not be.

CREATE TABLE flush_cursor (
    partition     integer     PRIMARY KEY CHECK (partition >= 0),
    -- The epoch the partition is in; the cursor may still stand in an older one.
    epoch         bigint      NOT NULL DEFAULT 0 CHECK (epoch >= 0),
    booked_epoch  bigint      NOT NULL DEFAULT 0 CHECK (booked_epoch >= 0),
    booked_number bigint      NOT NULL DEFAULT 0 CHECK (booked_number >= 0),
    booked_at     timestamptz NOT NULL DEFAULT now(),
    -- Where the cursor stood at marked_at: once that is long enough ago, what lies below may be trimmed.
    marked_epoch  bigint      NOT NULL DEFAULT 0 CHECK (marked_epoch >= 0),
    marked_number bigint      NOT NULL DEFAULT 0 CHECK (marked_number >= 0),
    marked_at     timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);

CREATE TABLE incident (
    number    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind      text        NOT NULL CHECK (kind IN ('QUARANTINE', 'STREAM_LOST_ENTRIES', 'DRIFT')),
    -- The same thing found again raises no second incident.
    subject   text        NOT NULL,
    detail    text        NOT NULL,
    raised_at timestamptz NOT NULL DEFAULT now(),
    closed_at timestamptz,
    UNIQUE (kind, subject)
);

CREATE TABLE quarantine (
    partition      integer     NOT NULL,
    epoch          bigint      NOT NULL,
    number         bigint      NOT NULL,
    account        text        NOT NULL,
    reason         text        NOT NULL,
    fields         text        NOT NULL,
    quarantined_at timestamptz NOT NULL DEFAULT now(),
    resolved_at    timestamptz,
    PRIMARY KEY (partition, epoch, number)
);
CREATE INDEX quarantine_of_account ON quarantine (account);

GRANT SELECT, INSERT, UPDATE ON flush_cursor TO tollgate_app;
GRANT SELECT, INSERT ON incident, quarantine TO tollgate_app;
GRANT UPDATE (closed_at) ON incident TO tollgate_app;
GRANT UPDATE (resolved_at) ON quarantine TO tollgate_app;
