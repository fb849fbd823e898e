-- Puts an account in place from the book, unless one of this epoch is there. After head.lua.
--
--   KEYS[2]  {tg:p}:account:<id>  see account.lua, or an evicted one's marker (see mark.lua)
--   KEYS[3]  {tg:p}:deadlines     zset: <account>:<hold> of every open hold
--   ARGV[2]  account id
--   ARGV[3]  prefix of hold keys  {tg:p}:hold:
--   ARGV[4]  state   ARGV[5]  debt   ARGV[6]  last command   ARGV[7]  its id
--   ARGV[8] epoch and ARGV[9] number of the partition's last event that was booked when the book was read
--   ARGV[10..]  lots in burn order, four values each
--
-- Returns {'SEEDED' | 'PRESENT', n}, or {'BEHIND', n} where the account that was here has done what the book, as it was read, did
-- not know yet. Held, open and gen are what the account's holds that are still here make them.
local found = stored[2]
if found then
  local _, epoch_found, _, marked_in, marked_last, marked_seq = cmsgpack.unpack(found)
  if epoch_found == epoch then return reply('PRESENT', n) end
  local booked = ARGV[8] == epoch and tonumber(ARGV[9]) or 0
  if epoch_found == 0 and marked_in == epoch and (marked_last > booked or marked_seq > tonumber(ARGV[6])) then
    return reply('BEHIND', n)
  end
end

local state, debt, seq, cid, last, kept = ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7], n, ''
local lots, posted, next_expiry = {}, 0, 0
for i = 10, #ARGV, 4 do
  local grant, remaining, expires_at = tonumber(ARGV[i]), tonumber(ARGV[i + 1]), tonumber(ARGV[i + 3])
  lots[#lots + 1] = cmsgpack.pack(grant, remaining, tonumber(ARGV[i + 2]), expires_at)
  posted = posted + remaining
  if expires_at > 0 and (next_expiry == 0 or expires_at < next_expiry) then next_expiry = expires_at end
end
lots, posted = table.concat(lots), posted - debt
