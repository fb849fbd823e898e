-- Ends open holds that have ended by the book, without an event. Sending it twice changes nothing.
--
--   KEYS[1]    {tg:p}:head       see head.lua
--   KEYS[2]    {tg:p}:deadlines  zset: <account>:<hold> of every open hold
--   KEYS[3..]  {tg:p}:hold:<account>:<id>  of each hold
--   ARGV[1]    epoch             in which no account is seeded yet
--   ARGV[2]    tombstone ttl     ms
--   ARGV[3..]  of each hold: <account>:<id>, 'S' charged | 'R' released | 'X' expired, charged, uncollected
--
-- Returns {'BURIED', n, how many} | {'STALE', n}.
-- MGET: what an older version of the product left behind there is a hash, which reads as no head at all.
local epoch, n = string.match(redis.call('MGET', KEYS[1])[1] or '0-0', '^(%d+)-(%d+)$')
n = tonumber(n)
if epoch ~= ARGV[1] then
  return cmsgpack.pack('STALE', n)
end

local buried = 0
for i = 3, #KEYS do
  local at = 3 + (i - 3) * 4
  local packed = redis.call('GET', KEYS[i])
  local _, kind = cmsgpack.unpack(packed or cmsgpack.pack(1, ''))
  if kind == 'H' then
    buried = buried + 1
    local tombstone = ARGV[at + 1] == 'S'
      and cmsgpack.pack(1, 'S', tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3])) or cmsgpack.pack(1, ARGV[at + 1], ARGV[1])
    redis.call('SET', KEYS[i], tombstone, 'PX', ARGV[2])
    redis.call('ZREM', KEYS[2], ARGV[at])
  end
end
return cmsgpack.pack('BURIED', n, buried)
