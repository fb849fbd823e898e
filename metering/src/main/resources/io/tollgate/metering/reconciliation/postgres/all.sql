SELECT *
  FROM reconciliation_run
 WHERE :before = 0 OR id < :before
 ORDER BY id DESC
 LIMIT :limit
