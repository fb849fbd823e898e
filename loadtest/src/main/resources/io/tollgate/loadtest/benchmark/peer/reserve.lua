-- KEYS  account:<id>  hash: left   holds:<id>  hash: call -> tokens|time
-- ARGV  call, tokens, now (ms)     replies {1, left} or {0, left}
local left = tonumber(redis.call('HGET', KEYS[1], 'left') or '0')
local tokens = tonumber(ARGV[2])
if left < tokens then return { 0, left } end
left = redis.call('HINCRBY', KEYS[1], 'left', -tokens)
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2] .. '|' .. ARGV[3])
return { 1, left }
