-- Whole places: the next page begins behind the last one.
SELECT partition, epoch, number, account, reason, fields, CAST(event AS text) AS event, quarantined_at
  FROM quarantine
 WHERE resolved_at IS NULL AND (partition, epoch, number) > (CAST(:partition AS integer), CAST(:epoch AS bigint), CAST(:number AS bigint))
 ORDER BY partition, epoch, number
 FETCH FIRST (CAST(:limit AS integer)) ROWS WITH TIES
