-- Money that goes back: refunds asked for, refunds and disputes as Stripe has them, and the credit that went with them.

-- What goes back of a payment in all. Whoever changes any of it holds the lock of the account's command head.
CREATE TABLE reversal (
    payment        text   PRIMARY KEY REFERENCES payment,
    account        text   NOT NULL REFERENCES account,
    paid_minor     bigint NOT NULL,
    -- Asked of Stripe and neither refused nor failed: never more than was paid.
    asked_minor    bigint NOT NULL DEFAULT 0 CHECK (asked_minor BETWEEN 0 AND paid_minor),
    -- The share of the credit that belongs to what goes back, and what of it was really taken.
    claimed_micros bigint NOT NULL DEFAULT 0 CHECK (claimed_micros BETWEEN 0 AND 9007199254740991),
    taken_micros   bigint NOT NULL DEFAULT 0 CHECK (taken_micros BETWEEN 0 AND claimed_micros)
);

-- A refund that we want: there before Stripe is asked, and open until Stripe's answer is known.
CREATE TABLE refund_request (
    id              text        PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{1,64}$'),
    payment         text        NOT NULL REFERENCES payment,
    account         text        NOT NULL REFERENCES account,
    -- Makes it happen once.
    cause_id        text        NOT NULL UNIQUE CHECK (length(cause_id) BETWEEN 1 AND 300),
    asked_by        text        NOT NULL CHECK (asked_by IN ('OPERATOR', 'CUSTOMER', 'FRAUD_WARNING')),
    amount_minor    bigint      NOT NULL CHECK (amount_minor > 0),
    -- Exactly this much credit goes back with it; null: its share.
    credits_micros  bigint      CHECK (credits_micros BETWEEN 1 AND 9007199254740991),
    reason          text        CHECK (length(reason) BETWEEN 1 AND 500),
    state           text        NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'ANSWERED', 'REFUSED')),
    refused_because text,
    -- The plan it pays for ends with it: null where it does not, or once it has.
    ends_invoice    text,
    -- Counts requests that cannot be repeated because Stripe would repeat its failure.
    attempt         integer     NOT NULL DEFAULT 1,
    checks          integer     NOT NULL DEFAULT 0,
    checked_at      timestamptz NOT NULL DEFAULT now(),
    asked_at        timestamptz NOT NULL DEFAULT now(),
    closed_at       timestamptz
);
CREATE INDEX refund_request_of_payment ON refund_request (payment);
CREATE UNIQUE INDEX refund_request_money_back ON refund_request (payment) WHERE asked_by = 'CUSTOMER' AND state <> 'REFUSED';
CREATE INDEX refund_request_unfinished ON refund_request (checked_at)
    WHERE state = 'OPEN' OR (state = 'ANSWERED' AND ends_invoice IS NOT NULL);

-- A refund as Stripe has it, whoever asked for it. Its phase only goes on.
CREATE TABLE refund (
    id           text        PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 255),
    number       bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
    payment      text        NOT NULL REFERENCES payment,
    account      text        NOT NULL REFERENCES account,
    request      text        UNIQUE REFERENCES refund_request,
    amount_minor bigint      NOT NULL CHECK (amount_minor > 0),
    phase        text        NOT NULL CHECK (phase IN ('PENDING', 'SUCCEEDED', 'CANCELED', 'FAILED')),
    reason       text,
    refunded_at  timestamptz NOT NULL,
    changed_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX refund_of_payment ON refund (payment);

CREATE TABLE dispute (
    id           text        PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 255),
    number       bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
    payment      text        NOT NULL REFERENCES payment,
    account      text        NOT NULL REFERENCES account,
    amount_minor bigint      NOT NULL CHECK (amount_minor > 0),
    phase        text        NOT NULL CHECK (phase IN ('INQUIRY', 'INQUIRY_CLOSED', 'OPEN', 'PREVENTED', 'LOST', 'WON')),
    reason       text,
    opened_at    timestamptz NOT NULL,
    changed_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX dispute_of_payment ON dispute (payment);
CREATE INDEX dispute_open ON dispute (account) WHERE phase = 'OPEN';

-- Credit that was taken for what went back (above zero), or given back (below zero): each part of one grant.
CREATE TABLE reversal_step (
    number       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payment      text        NOT NULL REFERENCES reversal,
    account      text        NOT NULL REFERENCES account,
    -- The request, refund or dispute that brought it about.
    cause        text        NOT NULL,
    -- The grant it was taken of, or by which it was given back.
    grant_number bigint      REFERENCES grant_record,
    taken_micros bigint      NOT NULL CHECK (taken_micros <> 0),
    made_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX reversal_step_of_payment ON reversal_step (payment);

-- Why an account is frozen by billing: it thaws once nothing of this stands any more.
CREATE TABLE account_freeze (
    cause     text        PRIMARY KEY CHECK (length(cause) BETWEEN 1 AND 255),
    account   text        NOT NULL REFERENCES account,
    frozen_at timestamptz NOT NULL DEFAULT now(),
    lifted_at timestamptz
);
CREATE INDEX account_freeze_standing ON account_freeze (account) WHERE lifted_at IS NULL;

GRANT SELECT, INSERT ON reversal, refund_request, refund, dispute, reversal_step, account_freeze TO tollgate_app;
GRANT UPDATE (asked_minor, claimed_micros, taken_micros) ON reversal TO tollgate_app;
GRANT UPDATE (state, refused_because, ends_invoice, attempt, checks, checked_at, closed_at) ON refund_request TO tollgate_app;
GRANT UPDATE (request, phase, changed_at) ON refund TO tollgate_app;
GRANT UPDATE (phase, changed_at) ON dispute TO tollgate_app;
GRANT UPDATE (lifted_at) ON account_freeze TO tollgate_app;
