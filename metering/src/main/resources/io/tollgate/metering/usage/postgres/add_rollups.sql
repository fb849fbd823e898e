-- Sums stay where a bigint ends: tokens are what an upstream says.
INSERT INTO usage_rollup AS r
SELECT n.account, to_timestamp(n.slot), n.route, n.model, n.api_key, n.settled, n.given_back, n.charged, n.uncollected,
       n.input, n.cache_read, n.cache_write, n.output, n.reasoning
  FROM unnest(CAST(:accounts AS text[]), CAST(:slots AS bigint[]), CAST(:routes AS text[]), CAST(:models AS text[]),
              CAST(:apiKeys AS text[]), CAST(:settled AS bigint[]), CAST(:givenBack AS bigint[]), CAST(:charged AS bigint[]),
              CAST(:uncollected AS bigint[]), CAST(:input AS bigint[]), CAST(:cacheRead AS bigint[]),
              CAST(:cacheWrite AS bigint[]), CAST(:output AS bigint[]), CAST(:reasoning AS bigint[]))
       AS n (account, slot, route, model, api_key, settled, given_back, charged, uncollected,
             input, cache_read, cache_write, output, reasoning)
ON CONFLICT (account, slot, route, model, api_key) DO UPDATE
   SET settled            = r.settled + excluded.settled,
       given_back         = r.given_back + excluded.given_back,
       charged_micros     = least(CAST(r.charged_micros AS numeric) + excluded.charged_micros, 9223372036854775807),
       uncollected_micros = least(CAST(r.uncollected_micros AS numeric) + excluded.uncollected_micros, 9223372036854775807),
       input_tokens       = least(CAST(r.input_tokens AS numeric) + excluded.input_tokens, 9223372036854775807),
       cache_read_tokens  = least(CAST(r.cache_read_tokens AS numeric) + excluded.cache_read_tokens, 9223372036854775807),
       cache_write_tokens = least(CAST(r.cache_write_tokens AS numeric) + excluded.cache_write_tokens, 9223372036854775807),
       output_tokens      = least(CAST(r.output_tokens AS numeric) + excluded.output_tokens, 9223372036854775807),
       reasoning_tokens   = least(CAST(r.reasoning_tokens AS numeric) + excluded.reasoning_tokens, 9223372036854775807)
