-- Opens a new epoch, which fences off every caller who still believes in an older one. Sending it twice changes nothing.
--
--   KEYS[1]  {tg:p}:head  see head.lua
--   ARGV[1]  epoch        the new one
--
-- Returns {'HEAD', n, e}: the head as it is now; e may be above what was asked for.
-- MGET: what an older version of the product left behind there is a hash, which reads as no head at all.
local epoch, n = string.match(redis.call('MGET', KEYS[1])[1] or '0-0', '^(%d+)-(%d+)$')
if tonumber(epoch) >= tonumber(ARGV[1]) then
  return cmsgpack.pack('HEAD', tonumber(n), tonumber(epoch))
end
redis.call('SET', KEYS[1], ARGV[1] .. '-0')
return cmsgpack.pack('HEAD', 0, tonumber(ARGV[1]))
