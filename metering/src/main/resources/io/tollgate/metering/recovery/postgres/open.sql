-- Everything older is booked: the cursor stands before the epoch's first event.
WITH opened AS (
    UPDATE flush_cursor
       SET open_epoch = epoch, booked_epoch = epoch, booked_number = 0, booked_event = '', booked_at = now()
     WHERE partition = :partition AND epoch = :epoch AND open_epoch < epoch
    RETURNING partition, epoch
), ended AS (
    UPDATE recovery r SET opened_at = now()
      FROM opened o
     WHERE r.partition = o.partition AND r.epoch = o.epoch
    RETURNING r.*
), raised AS (
    INSERT INTO incident (kind, subject, detail)
    SELECT CASE WHEN cause IN ('BOOK_BEHIND', 'COMMANDS_DIFFER') THEN 'BOOK_LOST_DATA' ELSE 'LIVE_STORE_LOST_DATA' END,
           partition || '@' || epoch,
           format('%s: head found at %s-%s, events known up to %s-%s, booked up to %s, found up to %s; booked %s events, buried %s holds, lost %s events',
                  cause, head_epoch, head_number, lost_epoch, known_number, booked_number, found_number,
                  events_booked, holds_buried, events_lost)
      FROM ended
    ON CONFLICT DO NOTHING
)
SELECT events_booked, holds_buried, events_lost FROM ended
