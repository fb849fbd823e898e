-- Usage by its rollups: old events are dropped.
SELECT b.account, b.posted_micros AS posted, b.debt_micros AS debt, b.applied,
       coalesce((SELECT h.issued FROM account_command_head h WHERE h.account = b.account), 0) AS issued,
       (SELECT CAST(coalesce(sum(g.amount_micros), 0) AS bigint) FROM grant_record g WHERE g.account = b.account) AS granted,
       (SELECT CAST(coalesce(sum(l.remaining_micros), 0) AS bigint) FROM lot l WHERE l.account = b.account) AS lots,
       u.spent, x.expired, x.clawed_back, u.uncollected, u.usage_events
  FROM account_balance b
 CROSS JOIN LATERAL (SELECT CAST(coalesce(sum(r.charged_micros), 0) AS bigint)            AS spent,
                            CAST(coalesce(sum(r.uncollected_micros), 0) AS bigint)        AS uncollected,
                            CAST(coalesce(sum(r.settled + r.given_back), 0) AS bigint)    AS usage_events
                       FROM usage_rollup r
                      WHERE r.account = b.account) u
 CROSS JOIN LATERAL (SELECT CAST(coalesce(sum(a.expired_micros), 0) AS bigint) AS expired,
                            CAST(coalesce(sum(a.charged_micros), 0) AS bigint) AS clawed_back
                       FROM account_event a
                      WHERE a.account = b.account) x
