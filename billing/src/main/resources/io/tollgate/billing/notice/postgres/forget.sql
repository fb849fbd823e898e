-- Numbers rise with time: only the oldest are looked at.
WITH old AS (
    SELECT o.number
    FROM (SELECT number, posted_at FROM notice ORDER BY number LIMIT :limit) AS o
    WHERE o.posted_at < now() - make_interval(secs => :ageSeconds)
      AND NOT EXISTS (SELECT FROM notice_delivery d WHERE d.notice = o.number AND d.state = 'WAITING')),
deliveries AS (
    DELETE FROM notice_delivery d USING old WHERE d.notice = old.number),
falls AS (
    DELETE FROM low_credit
    WHERE number IN (SELECT f.number FROM (SELECT number, recovered_at FROM low_credit ORDER BY number LIMIT :limit) AS f
                     WHERE f.recovered_at < now() - make_interval(secs => :ageSeconds)))
DELETE FROM notice n USING old WHERE n.number = old.number
