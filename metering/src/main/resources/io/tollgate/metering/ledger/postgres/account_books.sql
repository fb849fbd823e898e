-- One statement, so that everything is of the same point of history. Usage by its rollups: old events are dropped.
SELECT b.posted_micros, b.debt_micros, g.granted, u.charged, u.uncollected, x.expired, x.clawed_back, u.settled, u.given_back, e.ledger
  FROM account_balance b,
       LATERAL (SELECT CAST(coalesce(sum(amount_micros), 0) AS bigint) AS granted FROM lot WHERE account = b.account) g,
       LATERAL (SELECT CAST(coalesce(sum(charged_micros), 0) AS bigint) AS charged,
                       CAST(coalesce(sum(uncollected_micros), 0) AS bigint) AS uncollected,
                       CAST(coalesce(sum(settled), 0) AS bigint) AS settled,
                       CAST(coalesce(sum(given_back), 0) AS bigint) AS given_back
                  FROM usage_rollup WHERE account = b.account) u,
       LATERAL (SELECT CAST(coalesce(sum(expired_micros), 0) AS bigint) AS expired,
                       CAST(coalesce(sum(charged_micros), 0) AS bigint) AS clawed_back
                  FROM account_event WHERE account = b.account) x,
       LATERAL (SELECT CAST(coalesce(sum(amount), 0) AS bigint) AS ledger
                  FROM ledger_entry WHERE ledger_account = 'customer:' || b.account AND unit = 'credits') e
 WHERE b.account = :account
