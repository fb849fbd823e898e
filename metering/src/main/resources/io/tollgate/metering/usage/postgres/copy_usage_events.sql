COPY usage_event (
     day, id, kind, account, at,
     held_micros, charged_micros, uncollected_micros, debt_change_micros, posted_after_micros, lots,
     partition, epoch, number,
     api_key, route, model, outcome, counted_by,
     input_tokens, cache_read_tokens, cache_write_tokens, output_tokens, reasoning_tokens, waived_micros)
FROM STDIN
