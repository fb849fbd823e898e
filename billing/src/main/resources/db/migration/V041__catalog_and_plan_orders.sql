-- What operators have changed of the catalog. A line takes the place of the configured one of its kind and id; without a line it is
-- withdrawn. Append-only: the last row of a kind and id holds, and the others say what was sold before.
CREATE TABLE catalog_change (
    number     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind       text        NOT NULL CHECK (kind IN ('PACK', 'CUSTOM', 'PLAN')),
    id         text        NOT NULL CHECK (length(id) BETWEEN 1 AND 48),
    line       jsonb,
    changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX catalog_change_latest ON catalog_change (kind, id, number DESC);

-- Orders of plans: their credit is the allowance, their price that of one interval, and both come with each paid invoice.
ALTER TABLE topup_order
    ADD COLUMN plan         text    CHECK (length(plan) BETWEEN 1 AND 48),
    ADD COLUMN interval     text    CHECK (interval IN ('MONTH', 'YEAR')),
    ADD COLUMN trial_days   integer CHECK (trial_days >= 0),
    -- The plan as it was when it was ordered, whatever becomes of it in the catalog.
    ADD COLUMN plan_terms   jsonb,
    ADD COLUMN subscription text    UNIQUE CHECK (length(subscription) BETWEEN 1 AND 255),
    ADD CHECK (num_nulls(plan, interval, trial_days, plan_terms) IN (0, 4)),
    DROP CONSTRAINT topup_order_state_check,
    ADD CONSTRAINT topup_order_state_check CHECK (state IN ('INTENT', 'UNANSWERED', 'ABANDONED', 'REFUSED', 'OPEN',
        'AWAITING_PAYMENT', 'WITHHELD', 'GRANTED', 'COMPLETED', 'EXPIRED', 'FAILED')),
    ADD CHECK (state <> 'GRANTED' OR plan IS NULL),
    ADD CHECK (state <> 'COMPLETED' OR (plan IS NOT NULL AND subscription IS NOT NULL));
CREATE INDEX topup_order_of_open_plan ON topup_order (account)
    WHERE plan IS NOT NULL AND state IN ('INTENT', 'UNANSWERED', 'OPEN');

-- The order an account has, or has had, its one trial with; free again if that order came to nothing.
CREATE TABLE plan_trial (
    account  text PRIMARY KEY REFERENCES account,
    order_id text NOT NULL
);

GRANT SELECT, INSERT ON catalog_change, plan_trial TO tollgate_app;
GRANT UPDATE (order_id) ON plan_trial TO tollgate_app;
GRANT UPDATE (subscription) ON topup_order TO tollgate_app;
