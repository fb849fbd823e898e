-- Refuses a caller who is behind, and tells the time. Opens every script that decides something.
--
--   KEYS[1]  {tg:p}:head  hash: e epoch, n number of the epoch's last event
--   ARGV[1]  epoch        the caller believes in
--   ARGV[2]  n            the highest the caller has seen
--   ARGV[3]  now          ms; empty: Redis' own clock (a test may pass a value)
--
-- Returns {'STALE', n, e}, both 0 where there is no head. Every other reply has n in the same place. Replies are packed into
-- one string: for each that is a table, Redis before version 7 makes a buffer and a write of its own.
local reply = cmsgpack.pack
local head = redis.call('HMGET', KEYS[1], 'e', 'n')
local epoch, n = head[1], tonumber(head[2] or 0)
if epoch ~= ARGV[1] or n < tonumber(ARGV[2]) then
  return reply('STALE', n, tonumber(epoch or 0))
end

local now = tonumber(ARGV[3])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

-- The only way from a number to text here: .. and tostring round at 14 digits.
local function text(number)
  return string.format('%.0f', number)
end
