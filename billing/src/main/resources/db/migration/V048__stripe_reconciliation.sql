-- How far the walks over Stripe's events have come; who holds a row's lease is the one that walks. A window is walked from its
-- youngest event to its eldest, since Stripe lists that way; after_event is where the next page begins.
CREATE TABLE stripe_event_walk (
    name         text        PRIMARY KEY CHECK (name IN ('UNDELIVERED', 'ALL')),
    walked_until timestamptz,
    window_from  timestamptz,
    window_until timestamptz,
    after_event  text,
    recovered    bigint      NOT NULL DEFAULT 0 CHECK (recovered >= 0),
    walker       text        NOT NULL DEFAULT '',
    leased_until timestamptz NOT NULL DEFAULT now(),
    CHECK ((window_from IS NULL) = (window_until IS NULL)),
    CHECK (after_event IS NULL OR window_from IS NOT NULL)
);
INSERT INTO stripe_event_walk (name) VALUES ('UNDELIVERED'), ('ALL');

-- Runs that compare the book with Stripe. One at a time, worked on by whoever holds its lease; step and place are how far it is.
CREATE TABLE stripe_reconciliation (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cause        text        NOT NULL CHECK (cause IN ('OPERATOR', 'NIGHTLY')),
    night        date        UNIQUE,
    period_from  timestamptz NOT NULL,
    period_until timestamptz NOT NULL,
    state        text        NOT NULL DEFAULT 'RUNNING' CHECK (state IN ('RUNNING', 'FINISHED', 'ABANDONED')),
    step         text        NOT NULL DEFAULT '',
    place        text,
    looked       bigint      NOT NULL DEFAULT 0 CHECK (looked >= 0),
    found        bigint      NOT NULL DEFAULT 0 CHECK (found >= 0),
    -- Kinds of objects that could not be compared, whatever was tried.
    skipped      text[]      NOT NULL DEFAULT '{}',
    -- In a row, at this place.
    failures     integer     NOT NULL DEFAULT 0 CHECK (failures >= 0),
    last_failure text,
    runner       text        NOT NULL DEFAULT '',
    leased_until timestamptz NOT NULL DEFAULT now(),
    resumed      integer     NOT NULL DEFAULT 0,
    started_at   timestamptz NOT NULL DEFAULT now(),
    finished_at  timestamptz,
    CHECK (period_from < period_until),
    CHECK ((cause = 'NIGHTLY') = (night IS NOT NULL)),
    CHECK ((state = 'RUNNING') = (finished_at IS NULL))
);
CREATE UNIQUE INDEX stripe_reconciliation_running ON stripe_reconciliation (state) WHERE state = 'RUNNING';

-- What differs. The same difference is one row, in however many runs it is seen.
CREATE TABLE stripe_finding (
    number         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind           text        NOT NULL CHECK (kind ~ '^[A-Z_]{1,40}$'),
    object         text        NOT NULL CHECK (length(object) BETWEEN 1 AND 255),
    -- The other side's object, and whose it is as far as that can be told: neither needs to be known to the book.
    related        text        CHECK (length(related) BETWEEN 1 AND 255),
    account        text        CHECK (length(account) BETWEEN 1 AND 255),
    currency       text,
    stripe_minor   bigint,
    book_minor     bigint,
    detail         text        NOT NULL CHECK (length(detail) <= 500),
    -- The event that has it put right, if there is one.
    remedy_type    text,
    remedy_object  text,
    state          text        NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'REPAIRING', 'REPAIRED', 'DISMISSED')),
    attempts       integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    repair_event   text,
    closed_because text        CHECK (length(closed_because) <= 500),
    first_seen_at  timestamptz NOT NULL DEFAULT now(),
    last_seen_at   timestamptz NOT NULL DEFAULT now(),
    closed_at      timestamptz,
    UNIQUE (kind, object),
    CHECK ((remedy_type IS NULL) = (remedy_object IS NULL)),
    CHECK ((currency IS NULL) = (stripe_minor IS NULL AND book_minor IS NULL))
);
CREATE INDEX stripe_finding_open ON stripe_finding (state, number) WHERE state IN ('OPEN', 'REPAIRING');

CREATE TABLE stripe_finding_sighting (
    run     bigint NOT NULL REFERENCES stripe_reconciliation,
    finding bigint NOT NULL REFERENCES stripe_finding,
    PRIMARY KEY (run, finding)
);

GRANT SELECT, UPDATE ON stripe_event_walk TO tollgate_app;
GRANT SELECT, INSERT, UPDATE ON stripe_reconciliation TO tollgate_app;
GRANT SELECT, INSERT ON stripe_finding, stripe_finding_sighting TO tollgate_app;
GRANT UPDATE (related, account, currency, stripe_minor, book_minor, detail, remedy_type, remedy_object, state, attempts,
              repair_event, closed_because, last_seen_at, closed_at) ON stripe_finding TO tollgate_app;
