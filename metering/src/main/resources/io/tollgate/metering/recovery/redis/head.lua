-- Refuses a caller who is behind, and tells the time. Opens every script that decides something.
--
--   KEYS[1]  {tg:p}:head  id of the partition's last event: <epoch>-<n>; <epoch>-0 where the epoch has none yet
--   ARGV[1]  packed: epoch the caller believes in, as text; n, the highest the caller has seen; now in ms, or nil for
--            Redis' own clock
--
-- Leaves what all keys hold in stored, read at once: each command costs more than what it does. A key that is no string reads
-- as absent. The id of an event that is appended goes to moved (see event.lua) until it is written as the new head.
--
-- Returns {'STALE', n, e}, both 0 where there is no head. Every other reply has n in the same place. Replies are packed into
-- one string: for each that is a table, Redis before version 7 makes a buffer and a write of its own.
local call, reply = redis.call, cmsgpack.pack
local stored, moved = call('MGET', unpack(KEYS)), nil
local believed, seen, now = cmsgpack.unpack(ARGV[1])
local epoch, n = string.match(stored[1] or '0-0', '^(%d+)-(%d+)$')
n = tonumber(n)
if not stored[1] or epoch ~= believed or n < seen then
  return reply('STALE', n, tonumber(epoch))
end

if not now then
  local time = call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end

-- The only way from a number to text here: .. and tostring round at 14 digits.
local function text(number)
  return string.format('%d', number)
end
