-- Holds credit, or raises an open hold to a total. Sending it twice changes nothing but the deadline. After expiry.lua.
--
--   KEYS[1]  {tg:p}:head
--            {tg:p}:deadlines            zset beside it: <account>:<id> of every open hold -> deadline (ms)
--   KEYS[3]  {tg:p}:hold:<account>:<id>  packed: 1 (its version), 'H', total, deadline, gen (the account's when it was made),
--                                        or a tombstone (see end-judge.lua)
--
-- Returns {'HELD', n, total, posted, held}, or, with nothing written, {'REFUSED', n, posted, held} |
-- {'NOT_ACTIVE', n, state} | {'TOO_MANY', n, the most} | {'ENDED', n}.
local packed_hold, made_in, more = stored[3], gen, total
if packed_hold then
  local _, kind, before, _, its_gen = cmsgpack.unpack(packed_hold)
  if kind ~= 'H' then return reply('ENDED', n) end
  total, made_in = math.max(total, before), its_gen
  more = total - before
end
if state ~= 'ACTIVE' and (more > 0 or not packed_hold) then
  return reply('NOT_ACTIVE', n, state)
end
if more > 0 and more > posted - held then
  return reply('REFUSED', n, posted, held)
end
if not packed_hold then
  if open >= most then return reply('TOO_MANY', n, most) end
  open = open + 1
end
