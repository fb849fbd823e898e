-- After a rollback a number may be used again: both of its entries are kept, each with an incident of its own time.

ALTER TABLE quarantine DROP CONSTRAINT quarantine_pkey;
ALTER TABLE quarantine ADD COLUMN entry bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;
-- An entry that is read again is not a second one.
CREATE UNIQUE INDEX quarantine_once ON quarantine (partition, epoch, number, event_id, md5(fields));

ALTER TABLE incident DROP CONSTRAINT incident_kind_subject_key;
CREATE UNIQUE INDEX incident_once ON incident (kind, subject) WHERE kind <> 'QUARANTINE' OR closed_at IS NULL;
