-- Who changed what from outside: operators, owners, the system itself. Append-only.

CREATE TABLE audit (
    number  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL DEFAULT now(),
    actor   text        NOT NULL,
    action  text        NOT NULL,
    subject text        NOT NULL,
    detail  jsonb       NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_of_subject ON audit (subject, at);

GRANT SELECT, INSERT ON audit TO tollgate_app;
