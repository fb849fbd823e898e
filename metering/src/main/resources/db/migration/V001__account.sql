-- Who prepays. The owner of these tables migrates; the application logs in as tollgate_app and may do what is granted here.

CREATE TABLE account (
    id         text        PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{1,48}$'),
    name       text        NOT NULL CHECK (length(name) <= 200),
    created_at timestamptz NOT NULL DEFAULT now()
);

-- What every booked event adds up to. One row, changed by the flusher alone, so that a reader sees one point of history.
CREATE TABLE account_balance (
    account       text        PRIMARY KEY REFERENCES account,
    state         text        NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('ACTIVE', 'FROZEN', 'CLOSED')),
    posted_micros bigint      NOT NULL DEFAULT 0 CHECK (abs(posted_micros) <= 9007199254740991),
    debt_micros   bigint      NOT NULL DEFAULT 0 CHECK (debt_micros BETWEEN 0 AND 9007199254740991),
    applied       bigint      NOT NULL DEFAULT 0 CHECK (applied >= 0),
    applied_id    text        NOT NULL DEFAULT '',
    -- Once an event could not be booked, the later ones of its account are kept beside it.
    quarantined   boolean     NOT NULL DEFAULT false,
    booked_at     timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 70);

GRANT SELECT, INSERT ON account TO tollgate_app;
GRANT UPDATE (name) ON account TO tollgate_app;
GRANT SELECT, INSERT, UPDATE ON account_balance TO tollgate_app;
