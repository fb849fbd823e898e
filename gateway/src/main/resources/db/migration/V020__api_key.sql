-- Who calls. Of a key's text only the SHA-256 is kept; a key is revoked, never deleted, because usage events name it.

CREATE TABLE api_key (
    id         text        PRIMARY KEY CHECK (id ~ '^key_[0-9A-Za-z]{8,40}$'),
    account    text        NOT NULL REFERENCES account,
    hash       bytea       NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    name       text        NOT NULL CHECK (length(name) <= 200),
    shown      text        NOT NULL CHECK (length(shown) <= 16),
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz,
    revoked_at timestamptz
);

CREATE INDEX api_key_account ON api_key (account);
CREATE INDEX api_key_revoked_at ON api_key (revoked_at) WHERE revoked_at IS NOT NULL;

GRANT SELECT, INSERT ON api_key TO tollgate_app;
GRANT UPDATE (revoked_at) ON api_key TO tollgate_app;
