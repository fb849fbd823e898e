-- What happens when a store has lost something, step by step, so that any gateway can go on where another one stopped.

ALTER TABLE flush_cursor
    -- Below epoch while the partition is being recovered: nothing is seeded and nothing but the recovery books.
    ADD COLUMN open_epoch   bigint NOT NULL DEFAULT 0,
    -- The event the cursor stands at: an entry with its number and another event shows that numbers were used again.
    ADD COLUMN booked_event text   NOT NULL DEFAULT '';
UPDATE flush_cursor SET open_epoch = epoch;
ALTER TABLE flush_cursor ADD CONSTRAINT flush_cursor_open_epoch_check CHECK (open_epoch BETWEEN 0 AND epoch);

CREATE TABLE recovery (
    partition      integer     NOT NULL,
    -- The epoch that follows, and the last one before.
    epoch          bigint      NOT NULL CHECK (epoch >= 2),
    lost_epoch     bigint      NOT NULL CHECK (lost_epoch BETWEEN 1 AND epoch - 1),
    cause          text        NOT NULL
        CHECK (cause IN ('HEAD_GONE', 'HEAD_BEHIND', 'STREAM_BROKEN', 'BOOK_BEHIND', 'COMMANDS_DIFFER')),
    started_at     timestamptz NOT NULL DEFAULT now(),
    opened_at      timestamptz,
    -- The head as it was found, 0-0 where there was none.
    head_epoch     bigint      NOT NULL CHECK (head_epoch >= 0),
    head_number    bigint      NOT NULL CHECK (head_number >= 0),
    -- Of the lost epoch: the highest number a gateway had been told of, the highest that was booked when the recovery began,
    -- the highest that was still in the stream.
    known_number   bigint      NOT NULL CHECK (known_number >= 0),
    booked_number  bigint      NOT NULL CHECK (booked_number >= 0),
    found_number   bigint      NOT NULL DEFAULT 0 CHECK (found_number >= 0),
    -- How far the older epochs' stream has been read again and booked.
    read_epoch     bigint      NOT NULL DEFAULT 0 CHECK (read_epoch >= 0),
    read_number    bigint      NOT NULL DEFAULT 0 CHECK (read_number >= 0),
    events_booked  bigint      NOT NULL DEFAULT 0 CHECK (events_booked >= 0),
    holds_buried   bigint      NOT NULL DEFAULT 0 CHECK (holds_buried >= 0),
    settles_resent bigint      NOT NULL DEFAULT 0 CHECK (settles_resent >= 0),
    -- At least so many were acknowledged and are in neither store.
    events_lost    bigint      GENERATED ALWAYS AS (greatest(0, known_number - greatest(booked_number, found_number))) STORED,
    PRIMARY KEY (partition, epoch)
);

-- What can never be changed later, as the first gateway found it configured.
CREATE TABLE installation (
    singleton    boolean     PRIMARY KEY DEFAULT true CHECK (singleton),
    partitions   integer     NOT NULL CHECK (partitions BETWEEN 1 AND 16384),
    installed_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE incident DROP CONSTRAINT incident_kind_check;
ALTER TABLE incident ADD CONSTRAINT incident_kind_check
    CHECK (kind IN ('QUARANTINE', 'STREAM_LOST_ENTRIES', 'DRIFT', 'LIVE_STORE_LOST_DATA', 'BOOK_LOST_DATA'));

GRANT SELECT, INSERT, UPDATE ON recovery TO tollgate_app;
GRANT SELECT, INSERT ON installation TO tollgate_app;
