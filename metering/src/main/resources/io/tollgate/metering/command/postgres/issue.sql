-- A hold that is charged in the book is not charged again, nor one whose charge is for an operator to decide about: :hold is null
-- for every command but a late charge.
WITH numbered AS (
    UPDATE account_command_head SET issued = issued + 1
     WHERE account = :account
       AND NOT EXISTS (SELECT FROM account_command WHERE id = :id)
       AND NOT EXISTS (SELECT FROM usage_event
                        WHERE day = date '1970-01-01' + CAST(:day AS integer) AND id = CAST(:hold AS uuid)
                          AND kind IN ('SETTLED', 'CHARGED'))
       AND NOT EXISTS (SELECT FROM quarantine
                        WHERE account = :account AND event_id = CAST(CAST(:hold AS uuid) AS text)
                          AND event ->> 'kind' IN ('SETTLED', 'CHARGED'))
    RETURNING issued
)
INSERT INTO account_command (account, number, id, kind, payload, lifts_micros)
SELECT :account, issued, :id, :kind, CAST(:payload AS jsonb), :lifts FROM numbered
RETURNING number
