-- Money that came in, and what it bought: written with the credit, never changed.
CREATE TABLE payment (
    id             text        PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 255),
    number         bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
    account        text        NOT NULL REFERENCES account,
    kind           text        NOT NULL CHECK (kind IN ('TOP_UP', 'AUTO_TOP_UP', 'PLAN', 'PLAN_CHANGE')),
    title          text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    paid_minor     bigint      NOT NULL CHECK (paid_minor >= 0),
    currency       text        NOT NULL CHECK (currency ~ '^[a-z]{3}$'),
    credits_micros bigint      NOT NULL CHECK (credits_micros BETWEEN 0 AND 9007199254740991),
    payment_intent text        UNIQUE CHECK (length(payment_intent) BETWEEN 1 AND 255),
    invoice        text        UNIQUE CHECK (length(invoice) BETWEEN 1 AND 255),
    session        text        UNIQUE CHECK (length(session) BETWEEN 1 AND 255),
    grant_number   bigint      REFERENCES grant_record,
    paid_at        timestamptz NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX payment_of_account ON payment (account, number);

-- What was paid before there was this table.
INSERT INTO payment (id, account, kind, title, paid_minor, currency, credits_micros, payment_intent, session, grant_number, paid_at)
SELECT o.id, o.account, 'TOP_UP', o.title, coalesce(o.paid_minor, o.price_minor), o.currency, o.credits_micros, o.payment_intent,
       o.session_id, g.number, o.granted_at
  FROM topup_order o
  JOIN grant_record g ON g.cause = 'TOP_UP' AND g.cause_id = o.session_id
 WHERE o.state = 'GRANTED'
 ORDER BY o.granted_at;

GRANT SELECT, INSERT ON payment TO tollgate_app;
