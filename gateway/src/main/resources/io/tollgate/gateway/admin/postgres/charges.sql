-- Input and output are all tokens of their side, cached and reasoned ones too.
SELECT e.id, e.account, e.kind, e.outcome, e.model, e.charged_micros AS charged, e.uncollected_micros AS uncollected,
       e.input_tokens + e.cache_read_tokens + e.cache_write_tokens AS input_tokens,
       e.output_tokens + e.reasoning_tokens AS output_tokens
  FROM usage_event e
 WHERE e.account = :account AND (CAST(:after AS uuid) IS NULL OR e.id > :after)
 ORDER BY e.id
 LIMIT :limit
