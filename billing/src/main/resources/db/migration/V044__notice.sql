-- What there is to tell: written in the SQL transaction of what happened, told from here afterwards.
CREATE TABLE notice (
    number    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account   text        NOT NULL REFERENCES account,
    kind      text        NOT NULL CHECK (kind ~ '^[A-Z_]{1,40}$'),
    -- What happened, so that it is told once however often it is noticed: an invoice, a grant, an attempt.
    key       text        NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    facts     jsonb       NOT NULL DEFAULT '{}',
    posted_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (kind, key)
);
CREATE INDEX notice_of_account ON notice (account, number);

-- One way of telling it, and how far that is: 'mail', or 'webhook:' and the endpoint's name.
CREATE TABLE notice_delivery (
    notice      bigint      NOT NULL REFERENCES notice,
    channel     text        NOT NULL CHECK (channel ~ '^(mail|webhook:[a-z0-9-]{1,40})$'),
    account     text        NOT NULL,
    kind        text        NOT NULL,
    state       text        NOT NULL DEFAULT 'WAITING'
                CHECK (state IN ('WAITING', 'DELIVERED', 'SUPPRESSED', 'KEPT', 'BURIED')),
    attempts    integer     NOT NULL DEFAULT 0,
    due_at      timestamptz NOT NULL DEFAULT now(),
    -- When it was let past the limit of its account and kind; tries after that do not count again.
    admitted_at timestamptz,
    reason      text,
    closed_at   timestamptz,
    PRIMARY KEY (notice, channel)
) WITH (fillfactor = 80);
CREATE INDEX notice_delivery_waiting ON notice_delivery (due_at) WHERE state = 'WAITING';
CREATE INDEX notice_delivery_untold ON notice_delivery (state, notice) WHERE state IN ('SUPPRESSED', 'KEPT', 'BURIED');
CREATE INDEX notice_delivery_admitted ON notice_delivery (account, kind, admitted_at) WHERE admitted_at IS NOT NULL;

-- Where an account's mail goes, and below what credit it wants to hear of it. An owner's word stands against Stripe's.
CREATE TABLE contact (
    account           text        PRIMARY KEY REFERENCES account,
    email             text        CHECK (length(email) BETWEEN 3 AND 254 AND email !~ '[[:cntrl:][:space:]]'),
    low_credit_micros bigint      CHECK (low_credit_micros BETWEEN 0 AND 9007199254740991),
    learned           boolean     NOT NULL,
    changed_at        timestamptz NOT NULL DEFAULT now()
);

-- The times an account's credit fell below what it wanted to hear of.
CREATE TABLE low_credit (
    number           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account          text        NOT NULL REFERENCES account,
    threshold_micros bigint      NOT NULL,
    posted_micros    bigint      NOT NULL,
    fallen_at        timestamptz NOT NULL DEFAULT now(),
    recovered_at     timestamptz
);
CREATE UNIQUE INDEX low_credit_now ON low_credit (account) WHERE recovered_at IS NULL;

-- How far the walk over all accounts has come; who holds this row is the one that walks.
CREATE TABLE low_credit_walk (
    place text NOT NULL
);
INSERT INTO low_credit_walk VALUES ('');

GRANT SELECT, INSERT ON notice, notice_delivery, contact, low_credit TO tollgate_app;
GRANT UPDATE (state, attempts, due_at, admitted_at, reason, closed_at) ON notice_delivery TO tollgate_app;
GRANT UPDATE (email, low_credit_micros, learned, changed_at) ON contact TO tollgate_app;
GRANT UPDATE (recovered_at) ON low_credit TO tollgate_app;
GRANT SELECT, UPDATE ON low_credit_walk TO tollgate_app;
