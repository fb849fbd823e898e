INSERT INTO usage_event (
       day, id, kind, account, at,
       held_micros, charged_micros, uncollected_micros, debt_change_micros, posted_after_micros, lots,
       partition, epoch, number,
       api_key, route, model, outcome, counted_by,
       input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens)
SELECT date '1970-01-01' + n.day, n.id, n.kind, n.account, timestamptz 'epoch' + n.at * interval '1 millisecond',
       n.held, n.charged, n.uncollected, n.debt_change, n.posted_after, n.lots,
       n.partition, n.epoch, n.number,
       nullif(n.api_key, ''), nullif(n.route, ''), nullif(n.model, ''), nullif(n.outcome, ''), nullif(n.counted_by, ''),
       n.input, n.cache_read, n.cache_write, n.output, n.reasoning
  FROM unnest(
       CAST(:days AS integer[]), CAST(:ids AS uuid[]), CAST(:kinds AS text[]), CAST(:accounts AS text[]), CAST(:at AS bigint[]),
       CAST(:held AS bigint[]), CAST(:charged AS bigint[]), CAST(:uncollected AS bigint[]),
       CAST(:debtChanges AS bigint[]), CAST(:postedAfter AS bigint[]), CAST(:lots AS text[]),
       CAST(:partitions AS integer[]), CAST(:epochs AS bigint[]), CAST(:numbers AS bigint[]),
       CAST(:apiKeys AS text[]), CAST(:routes AS text[]), CAST(:models AS text[]), CAST(:outcomes AS text[]), CAST(:countedBy AS text[]),
       CAST(:input AS bigint[]), CAST(:cacheRead AS bigint[]), CAST(:cacheWrite AS bigint[]),
       CAST(:output AS bigint[]), CAST(:reasoning AS bigint[]))
       AS n (day, id, kind, account, at, held, charged, uncollected, debt_change, posted_after, lots, partition, epoch, number,
             api_key, route, model, outcome, counted_by, input, cache_read, cache_write, output, reasoning)
ON CONFLICT DO NOTHING
