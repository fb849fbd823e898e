-- Double entry. A unit is 'credits' (in micro-credits) or a currency (in its minor unit); amounts are signed.

CREATE TABLE ledger_account (
    name    text PRIMARY KEY CHECK (length(name) <= 100),
    account text REFERENCES account
);

CREATE TABLE ledger_transaction (
    id      uuid        PRIMARY KEY,
    kind    text        NOT NULL CHECK (kind IN ('TOP_UP', 'GRANT', 'USAGE')),
    -- What it books, once: a grant's number, or an account and the last of its events.
    cause   text        NOT NULL CHECK (length(cause) <= 200),
    account text        NOT NULL REFERENCES account,
    at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (cause, kind)
);
CREATE INDEX ledger_transaction_of_account ON ledger_transaction (account, at);

CREATE TABLE ledger_entry (
    ledger_transaction uuid   NOT NULL REFERENCES ledger_transaction,
    ledger_account     text   NOT NULL REFERENCES ledger_account,
    unit               text   NOT NULL CHECK (unit ~ '^(credits|[a-z]{3})$'),
    amount             bigint NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (ledger_transaction, ledger_account, unit)
);
CREATE INDEX ledger_entry_of_account ON ledger_entry (ledger_account, unit);

-- The one trigger with logic. All entries of a ledger transaction are inserted by one statement, so it sees each one whole.
CREATE FUNCTION ledger_entries_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM fresh GROUP BY ledger_transaction, unit HAVING sum(amount) <> 0) THEN
        RAISE EXCEPTION 'the entries of a ledger transaction do not sum to zero in every unit'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entries_balance';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_entries_balance AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_balance();

GRANT SELECT, INSERT ON ledger_account, ledger_transaction, ledger_entry TO tollgate_app;
