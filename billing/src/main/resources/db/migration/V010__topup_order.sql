-- Which customer at Stripe an account is. The row is there before Stripe is asked; attempt counts requests that cannot be repeated.
CREATE TABLE stripe_customer (
    account     text        PRIMARY KEY REFERENCES account,
    attempt     integer     NOT NULL DEFAULT 1,
    customer_id text        UNIQUE CHECK (length(customer_id) BETWEEN 1 AND 255),
    created_at  timestamptz NOT NULL DEFAULT now()
);

-- What was ordered, and so what a payment is worth: neither Stripe's copy nor a client is asked for amount or credit.
CREATE TABLE topup_order (
    id                 text        PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{1,64}$'),
    account            text        NOT NULL REFERENCES account,
    state              text        NOT NULL CHECK (state IN ('INTENT', 'UNANSWERED', 'ABANDONED', 'REFUSED', 'OPEN',
                                                             'AWAITING_PAYMENT', 'WITHHELD', 'GRANTED', 'EXPIRED', 'FAILED')),
    title              text        NOT NULL CHECK (length(title) BETWEEN 1 AND 100),
    credits_micros     bigint      NOT NULL CHECK (credits_micros BETWEEN 1 AND 9007199254740991),
    price_minor        bigint      NOT NULL CHECK (price_minor > 0),
    currency           text        NOT NULL CHECK (currency ~ '^[a-z]{3}$'),
    customer_id        text        NOT NULL,
    fingerprint        text        NOT NULL,
    session_id         text        UNIQUE CHECK (length(session_id) BETWEEN 1 AND 255),
    session_expires_at timestamptz NOT NULL,
    payment_intent     text,
    paid_minor         bigint      CHECK (paid_minor >= 0),
    withheld_because   text,
    granted_at         timestamptz,
    checks             integer     NOT NULL DEFAULT 0,
    checked_at         timestamptz,
    created_at         timestamptz NOT NULL DEFAULT now(),
    CHECK (state <> 'GRANTED' OR (session_id IS NOT NULL AND granted_at IS NOT NULL))
);
CREATE INDEX topup_order_of_account ON topup_order (account, created_at);
CREATE INDEX topup_order_unfinished ON topup_order (coalesce(checked_at, created_at))
    WHERE state IN ('INTENT', 'UNANSWERED', 'OPEN', 'AWAITING_PAYMENT', 'WITHHELD');

GRANT SELECT, INSERT ON stripe_customer TO tollgate_app;
GRANT UPDATE (attempt, customer_id) ON stripe_customer TO tollgate_app;
GRANT SELECT, INSERT ON topup_order TO tollgate_app;
GRANT UPDATE (state, session_id, payment_intent, paid_minor, withheld_because, granted_at, checks, checked_at)
    ON topup_order TO tollgate_app;
