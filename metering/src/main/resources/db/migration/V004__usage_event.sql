-- How every hold ended. The id is the hold's UUID of version 7, and the day follows from it, so that (day, id, kind) is unique
-- across all partitions of the table. No foreign key: the flusher holds the account's balance row while it inserts.

CREATE TABLE usage_event (
    day                 date        NOT NULL,
    id                  uuid        NOT NULL,
    kind                text        NOT NULL CHECK (kind IN ('SETTLED', 'RELEASED', 'EXPIRED', 'CHARGED')),
    account             text        NOT NULL,
    at                  timestamptz NOT NULL,
    held_micros         bigint      NOT NULL CHECK (held_micros >= 0),
    charged_micros      bigint      NOT NULL CHECK (charged_micros >= 0),
    uncollected_micros  bigint      NOT NULL CHECK (uncollected_micros >= 0),
    debt_change_micros  bigint      NOT NULL,
    posted_after_micros bigint      NOT NULL,
    -- grant:micros, comma-separated: which lot paid how much
    lots                text        NOT NULL,
    partition           integer     NOT NULL,
    epoch               bigint      NOT NULL,
    number              bigint      NOT NULL,
    api_key             text,
    route               text,
    model               text,
    outcome             text,
    counted_by          text,
    input_tokens        bigint      NOT NULL CHECK (input_tokens >= 0),
    cache_read_tokens   bigint      NOT NULL CHECK (cache_read_tokens >= 0),
    cache_write_tokens  bigint      NOT NULL CHECK (cache_write_tokens >= 0),
    output_tokens       bigint      NOT NULL CHECK (output_tokens >= 0),
    reasoning_tokens    bigint      NOT NULL CHECK (reasoning_tokens >= 0),
    PRIMARY KEY (day, id, kind)
) PARTITION BY RANGE (day);

CREATE TABLE usage_event_default PARTITION OF usage_event DEFAULT;

CREATE INDEX usage_event_of_account ON usage_event (account, at);

GRANT SELECT, INSERT ON usage_event TO tollgate_app;
