-- Today as Postgres sees it, and the days that have a partition.
SELECT CAST(now() AT TIME ZONE 'UTC' AS date) AS today,
       ARRAY(SELECT to_date(right(c.relname, 8), 'YYYYMMDD')
               FROM pg_inherits i
               JOIN pg_class c ON c.oid = i.inhrelid
              WHERE i.inhparent = CAST('usage_event' AS regclass) AND c.relname ~ '^usage_event_[0-9]{8}$'
              ORDER BY 1) AS days
