-- Takes an account out of the live store so that it is seeded from the book. After head.lua.
--
--   KEYS[2]  {tg:p}:account:<id>  see account.lua
--   ARGV[2]  epoch and ARGV[3] number of the partition's last booked event
--   ARGV[4]  marker ttl (ms)
--
-- Returns {'DROPPED', n} | {'BUSY', n} while it has done what is not booked yet | {'ABSENT', n}. Its holds stay.
local found = stored[2]
if not found then return reply('ABSENT', n) end
local _, epoch_found, _, _, _, _, _, last, seq = cmsgpack.unpack(found)
if epoch_found ~= epoch then return reply('ABSENT', n) end
if last > (ARGV[2] == epoch and tonumber(ARGV[3]) or 0) then
  return reply('BUSY', n)
end
local done = 'DROPPED'
seq = 0 -- the book's word counts: commands it has not as applied are applied again
