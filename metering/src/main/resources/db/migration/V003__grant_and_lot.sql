-- A grant is immutable and given once per cause; its lot, of the same number, is what is left of it.

CREATE TABLE grant_record (
    number        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account       text        NOT NULL REFERENCES account,
    amount_micros bigint      NOT NULL CHECK (amount_micros BETWEEN 1 AND 9007199254740991),
    cause         text        NOT NULL CHECK (cause IN ('TOP_UP', 'OPERATOR')),
    cause_id      text        NOT NULL CHECK (length(cause_id) BETWEEN 1 AND 255),
    paid_minor    bigint      CHECK (paid_minor >= 0),
    currency      text        CHECK (currency ~ '^[a-z]{3}$'),
    priority      integer     NOT NULL,
    expires_at    timestamptz,
    given_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (cause, cause_id),
    CHECK ((paid_minor IS NULL) = (currency IS NULL))
);
CREATE INDEX grant_record_of_account ON grant_record (account, number);

-- The basis left is derived: floor(paid_minor * remaining_micros / amount_micros).
CREATE TABLE lot (
    grant_number      bigint  PRIMARY KEY REFERENCES grant_record,
    account           text    NOT NULL REFERENCES account,
    amount_micros     bigint  NOT NULL CHECK (amount_micros >= 1),
    remaining_micros  bigint  NOT NULL CHECK (remaining_micros BETWEEN 0 AND amount_micros),
    priority          integer NOT NULL,
    expires_at_millis bigint  NOT NULL CHECK (expires_at_millis >= 0),
    paid_minor        bigint  CHECK (paid_minor >= 0),
    currency          text    CHECK (currency ~ '^[a-z]{3}$'),
    CHECK ((paid_minor IS NULL) = (currency IS NULL))
) WITH (fillfactor = 70);
CREATE INDEX lot_of_account ON lot (account);

GRANT SELECT, INSERT ON grant_record TO tollgate_app;
GRANT SELECT, INSERT ON lot TO tollgate_app;
GRANT UPDATE (remaining_micros) ON lot TO tollgate_app;
