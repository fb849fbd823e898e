-- Holds credit, or raises an open hold to a total. Sending it twice changes nothing but the deadline. After account.lua.
--
--   KEYS[3]  {tg:p}:hold:<account>:<id>  packed { version, 'H', total, deadline }, or a tombstone (see end.lua)
--   KEYS[4]  {tg:p}:deadlines            zset: <account>:<id> of every open hold -> deadline (ms)
--   ARGV[4]  <account>:<id>
--   ARGV[5]  total  micros; an open hold is never lowered
--   ARGV[6]  ttl    ms
--
-- Returns {'HELD', n, total, posted, held}, or, with nothing written, {'REFUSED', n, posted, held} |
-- {'NOT_ACTIVE', n, state} | {'ENDED', n}.
local total, open = tonumber(ARGV[5]), 0
local packed = redis.call('GET', KEYS[3])
if packed then
  local _, kind, amount = cmsgpack.unpack(packed)
  if kind ~= 'H' then return reply('ENDED', n) end
  total, open = math.max(total, amount), amount
end

local more = total - open
if state ~= 'ACTIVE' and (more > 0 or not packed) then
  return reply('NOT_ACTIVE', n, state)
end
if more > 0 and more > posted - held then
  return reply('REFUSED', n, posted, held)
end

local deadline = now + tonumber(ARGV[6])
redis.call('SET', KEYS[3], cmsgpack.pack(1, 'H', total, deadline))
redis.call('ZADD', KEYS[4], text(deadline), ARGV[4])
if more > 0 then
  held = held + more
  redis.call('HSET', KEYS[2], 'held', text(held))
end
return reply('HELD', n, total, posted, held)
