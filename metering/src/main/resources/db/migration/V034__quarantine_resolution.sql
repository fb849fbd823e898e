-- What an operator needs to decide about an entry that could not be booked, and what was decided.

ALTER TABLE quarantine
    -- Of the hold or the command; empty where the entry could not be read.
    ADD COLUMN event_id text  NOT NULL DEFAULT '',
    -- The event as it was read, to be booked after all; null where it could not be read.
    ADD COLUMN event    jsonb,
    ADD COLUMN decision text  CHECK (decision IN ('BOOKED', 'DISCARDED')),
    ADD COLUMN decided_because text,
    ADD CONSTRAINT quarantine_is_decided_once CHECK ((resolved_at IS NULL) = (decision IS NULL));

DROP INDEX quarantine_of_account;
CREATE INDEX quarantine_of_account ON quarantine (account, event_id);
CREATE INDEX quarantine_to_resolve ON quarantine (partition, epoch, number) WHERE resolved_at IS NULL;

GRANT UPDATE (decision, decided_because) ON quarantine TO tollgate_app;
