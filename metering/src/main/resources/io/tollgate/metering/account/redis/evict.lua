-- Takes an account that nobody uses out of the live store. After idle.lua and head.lua.
--
--   KEYS[2]  {tg:p}:account:<id>  see account.lua
--   ARGV[2]  epoch and ARGV[3] number of the partition's last booked event
--   ARGV[4]  marker ttl (ms)
--   ARGV[5]  how long it must have been idle (s)
--
-- Returns {'EVICTED', n} | {'BUSY', n} for one that holds something, was used or has done what is not booked yet | {'ABSENT', n}.
local found = stored[2]
if not found then return reply('ABSENT', n) end
local _, epoch_found, _, _, held, _, open, last, seq, _, _, _, _, kept = cmsgpack.unpack(found)
if epoch_found ~= epoch then return reply('ABSENT', n) end
local booked = ARGV[2] == epoch and tonumber(ARGV[3]) or 0
if held > 0 or open > 0 or kept ~= '' or last > booked or idle < tonumber(ARGV[5]) then
  return reply('BUSY', n)
end
local done = 'EVICTED'
