INSERT INTO account_event (
     account, epoch, number, id, kind, at, partition,
     amount_micros, charged_micros, uncollected_micros, expired_micros, debt_change_micros, posted_after_micros,
     lots, expired, command)
SELECT account, epoch, number, id, kind, to_timestamp(at_millis / 1000.0), partition,
       amount, charged, uncollected, expired_sum, debt_change, posted_after,
       lots, expired, command
  FROM unnest(CAST(:accounts AS text[]), CAST(:epochs AS bigint[]), CAST(:numbers AS bigint[]), CAST(:ids AS text[]),
              CAST(:kinds AS text[]), CAST(:atMillis AS bigint[]), CAST(:partitions AS integer[]),
              CAST(:amounts AS bigint[]), CAST(:charged AS bigint[]), CAST(:uncollected AS bigint[]),
              CAST(:expiredSums AS bigint[]), CAST(:debtChanges AS bigint[]), CAST(:postedAfter AS bigint[]),
              CAST(:lots AS text[]), CAST(:expired AS text[]), CAST(:commands AS bigint[]))
       AS n (account, epoch, number, id, kind, at_millis, partition, amount, charged, uncollected, expired_sum, debt_change,
             posted_after, lots, expired, command)
