-- Ends a hold, first part: what is there to end. After expiry.lua.
--
--   KEYS[3]  {tg:p}:hold:<account>:<id>  as in hold.lua, or a tombstone: 1 (its version), 'S', charged, uncollected
--                                        | 1, 'R' or 'X', epoch in which it was written
--   KEYS[4]  {tg:p}:deadlines            zset: <account>:<id> of every open hold -> deadline (ms)
--   ARGV[4]  account   ARGV[5]  hold id   ARGV[6]  'SETTLE' | 'RELEASE' | 'EXPIRE'
--   ARGV[7]  tombstone ttl (ms)   ARGV[8]  birth of the hold id (ms)
--   ARGV[9]  actual   ARGV[10]  'DEBT' | 'CUT'   ARGV[11]  detail   ARGV[12]  'ASKED' or nothing
--
-- Returns {'SETTLED', n, posted, held, charged, uncollected} | {'RETURNED', n, posted, held} | {'NOT_DUE', n} |
-- {'NO_HOLD', n} | {'TOO_LATE', n} | {'LOST', n}. A hold that has ended answers how it ended; only a settle still charges one that
-- was returned. A hold that is not there was lost while its tombstone could not have died yet, a quarter of the tombstone's
-- life left to clocks that disagree: LOST asks whether the book knows how it ended, and ASKED says that it does not. One that was
-- returned in an older epoch may have been charged since, and that was lost: it is LOST too.
local reason, settling = ARGV[6], ARGV[6] == 'SETTLE'
local total, made_in, kind, deadline = 0, gen, nil, nil
local packed = redis.call('GET', KEYS[3])
if packed then
  local _, state_of_hold, first, second, third = cmsgpack.unpack(packed)
  kind = state_of_hold
  if kind == 'S' then return reply('SETTLED', n, posted, held, first, second) end
  if kind == 'H' then
    total, deadline, made_in = first, second, third
    if reason == 'EXPIRE' and deadline > now then return reply('NOT_DUE', n) end
  elseif not settling then
    return reply('RETURNED', n, posted, held)
  elseif first ~= epoch and ARGV[12] ~= 'ASKED' then
    return reply('LOST', n)
  end
elseif not settling then
  if reason == 'EXPIRE' then redis.call('ZREM', KEYS[4], ARGV[4] .. ':' .. ARGV[5]) end -- or the sweeper would come for ever
  return reply('NO_HOLD', n)
elseif now - tonumber(ARGV[8]) >= tonumber(ARGV[7]) * 0.75 then
  return reply('TOO_LATE', n)
elseif ARGV[12] ~= 'ASKED' then
  return reply('LOST', n)
end
