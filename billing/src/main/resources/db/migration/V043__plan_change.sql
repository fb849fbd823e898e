-- What the plans paid for a month give for the time of each. It differs from what was given where a plan was changed.
ALTER TABLE account_plan ADD COLUMN worth_micros bigint CHECK (worth_micros BETWEEN 0 AND 9007199254740991);
UPDATE account_plan SET worth_micros = allowance_micros;
ALTER TABLE account_plan ADD CHECK ((worth_micros IS NULL) = (allowance_micros IS NULL));
GRANT UPDATE (worth_micros) ON account_plan TO tollgate_app;

-- A change of plan that an account asked for. The row is there before Stripe is asked; its id makes the idempotency key.
CREATE TABLE plan_change (
    id               text        PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
    account          text        NOT NULL REFERENCES account,
    subscription     text        NOT NULL REFERENCES subscription,
    kind             text        NOT NULL CHECK (kind IN ('UPGRADE', 'DOWNGRADE', 'SWITCH')),
    -- OPEN: what Stripe did is not known. AWAITING_PAYMENT: Stripe changes the plan once it is paid.
    state            text        NOT NULL DEFAULT 'OPEN'
                     CHECK (state IN ('OPEN', 'AWAITING_PAYMENT', 'MADE', 'SCHEDULED', 'LAPSED', 'REFUSED', 'NOT_MADE')),
    plan             text        NOT NULL CHECK (length(plan) BETWEEN 1 AND 48),
    billing_interval text        NOT NULL CHECK (billing_interval IN ('MONTH', 'YEAR')),
    -- Since when the time of the earlier plan counts as not used.
    prorated_at      timestamptz NOT NULL,
    charge_minor     bigint      NOT NULL CHECK (charge_minor >= 0),
    currency         text        NOT NULL CHECK (length(currency) = 3),
    reason           text,
    payment_url      text,
    -- When somebody is to look what became of it.
    look_at          timestamptz NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now(),
    settled_at       timestamptz,
    CHECK ((state IN ('OPEN', 'AWAITING_PAYMENT')) = (settled_at IS NULL))
);
-- One at a time.
CREATE UNIQUE INDEX plan_change_under_way ON plan_change (account) WHERE settled_at IS NULL;
CREATE INDEX plan_change_of_subscription ON plan_change (subscription) WHERE settled_at IS NULL;
CREATE INDEX plan_change_to_look_at ON plan_change (look_at) WHERE settled_at IS NULL;

GRANT SELECT, INSERT ON plan_change TO tollgate_app;
GRANT UPDATE (state, reason, payment_url, look_at, settled_at) ON plan_change TO tollgate_app;
