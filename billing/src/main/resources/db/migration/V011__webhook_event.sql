-- Everything Stripe has delivered, stored before it is answered and worked off from here.
CREATE TABLE webhook_event (
    id          text        PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 255),
    type        text        NOT NULL,
    object_id   text,
    -- The bytes that were signed: text would not take all of what JSON can say.
    body        bytea       NOT NULL,
    state       text        NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'DONE', 'IGNORED', 'BURIED')),
    attempts    integer     NOT NULL DEFAULT 0,
    due_at      timestamptz NOT NULL DEFAULT now(),
    last_error  text,
    received_at timestamptz NOT NULL DEFAULT now(),
    closed_at   timestamptz
);
CREATE INDEX webhook_event_waiting ON webhook_event (due_at) WHERE state = 'WAITING';
CREATE INDEX webhook_event_buried ON webhook_event (received_at) WHERE state = 'BURIED';

GRANT SELECT, INSERT ON webhook_event TO tollgate_app;
GRANT UPDATE (state, attempts, due_at, last_error, closed_at) ON webhook_event TO tollgate_app;
