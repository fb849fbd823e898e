WITH told AS (
    SELECT count(*) AS of_account, count(*) FILTER (WHERE kind = :kind) AS of_kind
    FROM notice_delivery
    WHERE account = :account
      AND channel = :channel
      AND admitted_at > now() - make_interval(secs => :windowSeconds)),
in_all AS (
    SELECT count(*) AS told
    FROM (SELECT
          FROM notice_delivery
          WHERE channel = :channel
            AND admitted_at > now() - make_interval(secs => :inAllSeconds)
          LIMIT :inAll) AS lately),
verdict AS (
    SELECT CASE WHEN d.admitted_at IS NOT NULL THEN 'ADMITTED'
                WHEN told.of_kind >= :ofKind THEN 'KIND_TOLD_ENOUGH'
                WHEN told.of_account >= :ofAccount THEN 'ACCOUNT_TOLD_ENOUGH'
                WHEN in_all.told >= :inAll THEN 'IN_ALL_TOO_MUCH'
                ELSE 'ADMITTED' END AS admission
    FROM notice_delivery d, told, in_all
    WHERE d.notice = :notice
      AND d.channel = :channel),
admitted AS (
    UPDATE notice_delivery d
    SET admitted_at = now()
    FROM verdict
    WHERE d.notice = :notice
      AND d.channel = :channel
      AND d.admitted_at IS NULL
      AND verdict.admission = 'ADMITTED')
SELECT admission FROM verdict
