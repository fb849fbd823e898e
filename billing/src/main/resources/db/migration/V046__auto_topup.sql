-- Credit bought by itself: what an account wants, the card it saved for it, how that card has behaved, and every attempt.

CREATE TABLE auto_topup (
    account          text        PRIMARY KEY REFERENCES account,
    enabled          boolean     NOT NULL,
    threshold_micros bigint      NOT NULL CHECK (threshold_micros BETWEEN 0 AND 9007199254740991),
    pack             text        CHECK (length(pack) BETWEEN 1 AND 100),
    amount_minor     bigint      CHECK (amount_minor > 0),
    cap_minor        bigint      NOT NULL CHECK (cap_minor > 0),
    currency         text        NOT NULL CHECK (currency ~ '^[a-z]{3}$'),
    off_because      text        CHECK (length(off_because) BETWEEN 1 AND 100),
    -- Before then the loop does not look at it again.
    due_at           timestamptz NOT NULL,
    changed_at       timestamptz NOT NULL,
    CHECK ((pack IS NULL) <> (amount_minor IS NULL))
);
CREATE INDEX auto_topup_due ON auto_topup (due_at) WHERE enabled;

-- The card an account saved, at Stripe; without one the row says since when.
CREATE TABLE auto_topup_method (
    account        text        PRIMARY KEY REFERENCES account,
    payment_method text        CHECK (length(payment_method) BETWEEN 1 AND 255),
    fingerprint    text        CHECK (length(fingerprint) BETWEEN 1 AND 255),
    brand          text,
    last4          text,
    -- The owner named it; else it follows the customer's default.
    chosen         boolean     NOT NULL,
    saved_at       timestamptz NOT NULL,
    CHECK ((payment_method IS NULL) = (fingerprint IS NULL))
);

CREATE INDEX auto_topup_method_owner ON auto_topup_method (payment_method);

-- By fingerprint: a card that is removed and saved again is still the card that was declined.
CREATE TABLE auto_topup_card (
    account       text        NOT NULL REFERENCES account,
    fingerprint   text        NOT NULL,
    failures      integer     NOT NULL CHECK (failures >= 0),
    blocked_until timestamptz,
    PRIMARY KEY (account, fingerprint)
);

CREATE TABLE auto_topup_attempt (
    id             text        PRIMARY KEY CHECK (id ~ '^atu_[a-z0-9]{32}$'),
    account        text        NOT NULL REFERENCES account,
    state          text        NOT NULL CHECK (state IN ('INTENT', 'UNANSWERED', 'FAULTED', 'PROCESSING', 'ACTION_REQUIRED',
                                                         'WITHHELD', 'GRANTED', 'DECLINED', 'EXPIRED', 'ABANDONED')),
    trigger        text        NOT NULL CHECK (trigger IN ('THRESHOLD', 'REFUSED_CALL')),
    title          text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    credits_micros bigint      NOT NULL CHECK (credits_micros BETWEEN 1 AND 9007199254740991),
    price_minor    bigint      NOT NULL CHECK (price_minor > 0),
    currency       text        NOT NULL CHECK (currency ~ '^[a-z]{3}$'),
    customer_id    text        NOT NULL,
    payment_method text        NOT NULL,
    fingerprint    text        NOT NULL,
    payment_intent text        UNIQUE CHECK (length(payment_intent) BETWEEN 1 AND 255),
    confirm_url    text        CHECK (length(confirm_url) <= 2000),
    because        text        CHECK (length(because) <= 200),
    started_at     timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    due_at         timestamptz NOT NULL,
    checks         integer     NOT NULL DEFAULT 0,
    ended_at       timestamptz
);
-- Never two at once, on any number of gateways.
CREATE UNIQUE INDEX auto_topup_attempt_open ON auto_topup_attempt (account)
    WHERE state IN ('INTENT', 'UNANSWERED', 'FAULTED', 'PROCESSING', 'ACTION_REQUIRED', 'WITHHELD');
CREATE INDEX auto_topup_attempt_due ON auto_topup_attempt (due_at)
    WHERE state IN ('INTENT', 'UNANSWERED', 'FAULTED', 'PROCESSING', 'ACTION_REQUIRED', 'WITHHELD');
CREATE INDEX auto_topup_attempt_of_account ON auto_topup_attempt (account, started_at);

GRANT SELECT, INSERT ON auto_topup, auto_topup_method, auto_topup_card, auto_topup_attempt TO tollgate_app;
GRANT UPDATE (enabled, threshold_micros, pack, amount_minor, cap_minor, currency, off_because, due_at, changed_at)
    ON auto_topup TO tollgate_app;
GRANT UPDATE (payment_method, fingerprint, brand, last4, chosen, saved_at) ON auto_topup_method TO tollgate_app;
GRANT UPDATE (failures, blocked_until) ON auto_topup_card TO tollgate_app;
GRANT UPDATE (state, payment_intent, confirm_url, because, due_at, checks, ended_at) ON auto_topup_attempt TO tollgate_app;
