-- Opens a new epoch, which fences off every caller who still believes in an older one. Sending it twice changes nothing.
--
--   KEYS[1]  {tg:p}:head  hash: e epoch, n number of the epoch's last event
--   ARGV[1]  epoch        the new one
--
-- Returns {'HEAD', n, e}: the head as it is now; e may be above what was asked for.
local head = redis.call('HMGET', KEYS[1], 'e', 'n')
if head[1] and tonumber(head[1]) >= tonumber(ARGV[1]) then
  return cmsgpack.pack('HEAD', tonumber(head[2]), tonumber(head[1]))
end
redis.call('HSET', KEYS[1], 'e', ARGV[1], 'n', '0')
return cmsgpack.pack('HEAD', 0, tonumber(ARGV[1]))
