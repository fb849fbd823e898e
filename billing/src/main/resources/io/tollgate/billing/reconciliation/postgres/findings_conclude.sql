-- An event of Stripe's that turned out to be none of ours was handled all the same; one that we made was made for nothing then.
UPDATE stripe_finding f
SET state          = CASE WHEN e.state = 'DONE' OR f.kind = 'MISSED_EVENT' AND e.state = 'IGNORED' THEN 'REPAIRED' ELSE 'OPEN' END,
    closed_at      = CASE WHEN e.state = 'DONE' OR f.kind = 'MISSED_EVENT' AND e.state = 'IGNORED' THEN now() END,
    closed_because = left(CASE e.state
                          WHEN 'DONE' THEN 'handled'
                          WHEN 'IGNORED' THEN 'its handlers ignored it'
                          ELSE 'given up: ' || coalesce(e.last_error, '') END, 500)
FROM webhook_event e
WHERE f.state = 'REPAIRING'
  AND e.id = f.repair_event
  AND e.state <> 'WAITING'
