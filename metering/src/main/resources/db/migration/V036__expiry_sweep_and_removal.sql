-- Whose lots' time has come, for accounts that nobody uses.
CREATE INDEX lot_to_expire ON lot (expires_at_millis, grant_number) WHERE remaining_micros > 0 AND expires_at_millis > 0;

-- Once an account's quarantine is resolved, the live store's account goes too, so that it is seeded from the book.
ALTER TABLE quarantine ADD COLUMN removed_at timestamptz;
UPDATE quarantine SET removed_at = resolved_at;
CREATE INDEX quarantine_to_remove ON quarantine (account) WHERE resolved_at IS NOT NULL AND removed_at IS NULL;

GRANT UPDATE (removed_at) ON quarantine TO tollgate_app;
