-- Drift that is found after its incident was closed is another incident: whoever closed the first one believed it repaired.

DROP INDEX incident_once;
CREATE UNIQUE INDEX incident_once ON incident (kind, subject) WHERE kind NOT IN ('QUARANTINE', 'DRIFT') OR closed_at IS NULL;
