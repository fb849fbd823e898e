-- One statement, so that everything is of the same point of history. Usage by its rollups: old events are dropped. The last two
-- days by their events as well, unless those are more than one may wait for.
SELECT b.posted_micros, l.ledger, g.granted - u.charged - o.taken AS by_events, u.late_charged, u.late_events,
       CASE WHEN u.late_events <= :most THEN e.charged ELSE u.late_charged END AS found_charged,
       CASE WHEN u.late_events <= :most THEN e.events ELSE u.late_events END AS found_events
  FROM account_balance b
 CROSS JOIN (SELECT CAST(now() AT TIME ZONE 'UTC' AS date) - 1 AS day) since
 CROSS JOIN LATERAL (SELECT CAST(coalesce(sum(amount), 0) AS bigint) AS ledger
                       FROM ledger_entry WHERE ledger_account = 'customer:' || b.account AND unit = 'credits') l
 CROSS JOIN LATERAL (SELECT CAST(coalesce(sum(amount_micros), 0) AS bigint) AS granted FROM lot WHERE account = b.account) g
 CROSS JOIN LATERAL (SELECT CAST(coalesce(sum(charged_micros + expired_micros), 0) AS bigint) AS taken
                       FROM account_event WHERE account = b.account) o
 CROSS JOIN LATERAL (SELECT CAST(coalesce(sum(charged_micros), 0) AS bigint) AS charged,
                            CAST(coalesce(sum(charged_micros) FILTER (WHERE late), 0) AS bigint) AS late_charged,
                            CAST(coalesce(sum(settled + given_back) FILTER (WHERE late), 0) AS bigint) AS late_events
                       FROM (SELECT *, slot >= since.day AT TIME ZONE 'UTC' AS late FROM usage_rollup WHERE account = b.account) r) u
 CROSS JOIN LATERAL (SELECT CAST(coalesce(sum(charged_micros), 0) AS bigint) AS charged, count(*) AS events
                       FROM usage_event WHERE account = b.account AND day >= since.day AND u.late_events <= :most) e
 WHERE b.account = :account
