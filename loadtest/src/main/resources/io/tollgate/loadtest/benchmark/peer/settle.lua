-- KEYS  account:<id>   holds:<id>   the stream of usage
-- ARGV  call, account, model, input tokens, output tokens, cost in tokens, now (ms)     replies {held, left}
local hold = redis.call('HGET', KEYS[2], ARGV[1])
local held = 0
if hold then
  held = tonumber(string.match(hold, '^(%d+)'))
  redis.call('HDEL', KEYS[2], ARGV[1])
end
local left = redis.call('HINCRBY', KEYS[1], 'left', held - tonumber(ARGV[6]))
local number = redis.call('HINCRBY', KEYS[1], 'number', 1)
redis.call('XADD', KEYS[3], 'MAXLEN', '~', 100000, '*', 'call', ARGV[1], 'account', ARGV[2], 'number', number,
  'model', ARGV[3], 'input', ARGV[4], 'output', ARGV[5], 'cost', ARGV[6], 'at', ARGV[7])
return { held, left }
