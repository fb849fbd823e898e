-- Calls that were charged and what else happened, newest first, from behind a place on. Both halves read their index backwards.
-- Behind a call's own line stands what expired with it: that much more was left before.
WITH usage AS (
    SELECT u.epoch, u.number, 0 AS part, CAST(u.id AS text) AS id, u.at, u.kind, -u.charged_micros AS amount,
           u.uncollected_micros AS uncollected, u.lots, '' AS expired, u.posted_after_micros AS posted_after,
           CAST(0 AS bigint) AS command, u.route, u.model,
           u.input_tokens + u.cache_read_tokens + u.cache_write_tokens AS input_tokens,
           u.output_tokens + u.reasoning_tokens AS output_tokens, u.waived_micros AS waived
      FROM usage_event u
     WHERE u.account = :account AND u.kind IN ('SETTLED', 'CHARGED')
       AND (u.epoch, u.number) <= (:epoch, :number)
       AND ((u.epoch, u.number) < (:epoch, :number) OR (0, CAST(u.id AS text) COLLATE "C") < (:part, CAST(:id AS text) COLLATE "C"))
     ORDER BY u.epoch DESC, u.number DESC, CAST(u.id AS text) COLLATE "C" DESC
     LIMIT :limit
), others AS (
    SELECT a.epoch, a.number, 1 AS part, a.id, a.at, a.kind, a.amount_micros AS amount,
           a.uncollected_micros AS uncollected, a.lots, a.expired, a.posted_after_micros AS posted_after,
           a.command, CAST(NULL AS text) AS route, CAST(NULL AS text) AS model,
           CAST(NULL AS bigint) AS input_tokens, CAST(NULL AS bigint) AS output_tokens, CAST(NULL AS bigint) AS waived
      FROM account_event a
     WHERE a.account = :account
       AND (a.epoch, a.number) <= (:epoch, :number)
       AND ((a.epoch, a.number) < (:epoch, :number) OR (1, a.id COLLATE "C") < (:part, CAST(:id AS text) COLLATE "C"))
     ORDER BY a.epoch DESC, a.number DESC, a.id COLLATE "C" DESC
     LIMIT :limit
), page AS (
    SELECT * FROM (SELECT * FROM usage UNION ALL SELECT * FROM others) both_halves
     ORDER BY epoch DESC, number DESC, part DESC, id COLLATE "C" DESC
     LIMIT :limit
)
SELECT p.epoch, p.number, p.part, p.id, p.at, p.kind, p.amount, p.uncollected, p.lots, p.expired, p.route, p.model, p.input_tokens, p.output_tokens, p.waived,
       p.posted_after
           + CASE p.part WHEN 0 THEN coalesce((SELECT CAST(sum(x.expired_micros) AS bigint)
                                                 FROM account_event x
                                                WHERE x.account = :account AND x.epoch = p.epoch AND x.number = p.number
                                                  AND x.kind = 'LOTS_EXPIRED' AND (x.id = p.id OR p.kind = 'CHARGED')), 0)
                         ELSE 0 END AS balance,
       g.cause AS origin, coalesce(g.cause_id, b.cause_id, e.cause_id) AS cause_id
  FROM page p
  LEFT JOIN account_command c ON p.command > 0 AND c.account = :account AND c.number = p.command
  LEFT JOIN grant_record g ON g.number = CAST(c.payload ->> 'grant' AS bigint)
  LEFT JOIN clawback_record b ON p.kind = 'CLAWED_BACK' AND 'clawback:' || b.number = p.id
  LEFT JOIN allowance_end e ON p.kind = 'ALLOWANCES_ENDED' AND 'end:' || e.number = p.id
 ORDER BY p.epoch DESC, p.number DESC, p.part DESC, p.id COLLATE "C" DESC
