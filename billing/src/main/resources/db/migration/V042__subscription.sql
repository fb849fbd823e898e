-- A subscription as Stripe last showed it, and the terms it stands under. version tells a look that began before another ended.
CREATE TABLE subscription (
    id               text        PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 255),
    account          text        NOT NULL REFERENCES account,
    version          bigint      NOT NULL DEFAULT 1,
    status           text        NOT NULL CHECK (status IN ('INCOMPLETE', 'TRIALING', 'ACTIVE', 'PAST_DUE', 'UNPAID', 'PAUSED',
                                                            'ENDED')),
    plan             text        NOT NULL CHECK (length(plan) BETWEEN 1 AND 48),
    plan_name        text        NOT NULL CHECK (length(plan_name) BETWEEN 1 AND 100),
    allowance_micros bigint      NOT NULL CHECK (allowance_micros BETWEEN 0 AND 9007199254740991),
    trial_micros     bigint      NOT NULL CHECK (trial_micros BETWEEN 0 AND 9007199254740991),
    rollover_micros  bigint      NOT NULL CHECK (rollover_micros BETWEEN 0 AND 9007199254740991),
    grace_seconds    bigint      NOT NULL CHECK (grace_seconds >= 0),
    billing_interval text        NOT NULL CHECK (billing_interval IN ('MONTH', 'YEAR')),
    item             text        NOT NULL CHECK (length(item) BETWEEN 1 AND 255),
    price            text        NOT NULL CHECK (length(price) BETWEEN 1 AND 255),
    anchor           timestamptz NOT NULL,
    period_start     timestamptz NOT NULL,
    period_end       timestamptz NOT NULL,
    trial_end        timestamptz,
    cancel_at        timestamptz,
    paused_as        text,
    resumes_at       timestamptz,
    latest_invoice   text,
    started_at       timestamptz NOT NULL,
    ended_at         timestamptz,
    -- What it changes to, and when: written by whoever agreed the change.
    pending_plan     text,
    pending_interval text        CHECK (pending_interval IN ('MONTH', 'YEAR')),
    pending_at       timestamptz,
    seen_at          timestamptz NOT NULL DEFAULT now(),
    CHECK ((status = 'ENDED') = (ended_at IS NOT NULL))
);
CREATE INDEX subscription_of_account ON subscription (account, started_at);

-- The one plan an account lives on, and its allowance: the row that everything about an account's plan is done under the lock of.
CREATE TABLE account_plan (
    account          text        PRIMARY KEY REFERENCES account,
    -- Null on the free plan and on none.
    subscription     text        REFERENCES subscription,
    free_plan        text,
    -- The allowance given last: what it was given for, the month it is for, and how far the payment reaches.
    allowance_key    text,
    allowance_micros bigint      CHECK (allowance_micros BETWEEN 1 AND 9007199254740991),
    month_start      timestamptz,
    month_end        timestamptz,
    paid_until       timestamptz,
    -- When the next month's allowance is due without a payment; null if only a payment brings it.
    next_at          timestamptz,
    -- When what is left of it ends unless another takes its place; null once it has.
    lives_until      timestamptz,
    grace_invoice    text,
    grace_until      timestamptz,
    -- Free months are counted from here, so that leaving and coming back gives none twice.
    free_since       timestamptz,
    trial            text,
    CHECK (subscription IS NULL OR free_plan IS NULL)
);
CREATE INDEX account_plan_due ON account_plan (least(next_at, lives_until)) WHERE least(next_at, lives_until) IS NOT NULL;

-- What became of a plan's invoices that were paid or failed: each is paid once, and its grace begins once.
CREATE TABLE plan_invoice (
    invoice      text        PRIMARY KEY CHECK (length(invoice) BETWEEN 1 AND 255),
    subscription text        NOT NULL REFERENCES subscription,
    period_start timestamptz NOT NULL,
    failed_at    timestamptz,
    grace_until  timestamptz,
    paid_at      timestamptz,
    -- Voided or given up: nobody will pay it.
    closed_at    timestamptz,
    hosted_url   text
);
CREATE INDEX plan_invoice_failing ON plan_invoice (subscription, period_start)
    WHERE failed_at IS NOT NULL AND paid_at IS NULL AND closed_at IS NULL;

-- Which subscription a card has had its trial with.
CREATE TABLE trial_card (
    fingerprint  text        PRIMARY KEY CHECK (length(fingerprint) BETWEEN 1 AND 255),
    account      text        NOT NULL REFERENCES account,
    used_at      timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT ON subscription, account_plan, plan_invoice, trial_card TO tollgate_app;
GRANT UPDATE (version, status, plan, plan_name, allowance_micros, trial_micros, rollover_micros, grace_seconds, billing_interval, item, price,
              anchor, period_start, period_end, trial_end, cancel_at, paused_as, resumes_at, latest_invoice, ended_at,
              pending_plan, pending_interval, pending_at, seen_at) ON subscription TO tollgate_app;
GRANT UPDATE (subscription, free_plan, allowance_key, allowance_micros, month_start, month_end, paid_until, next_at, lives_until,
              grace_invoice, grace_until, free_since, trial) ON account_plan TO tollgate_app;
GRANT UPDATE (failed_at, grace_until, paid_at, closed_at, hosted_url) ON plan_invoice TO tollgate_app;
