-- Ends a hold, first part: what is there to end. After account.lua.
--
--   KEYS[4]  {tg:p}:hold:<account>:<id>  packed { version, 'H', total, deadline }, or a tombstone
--                                        { version, 'S', charged, uncollected } | { version, 'R' | 'X' }
--   KEYS[5]  {tg:p}:deadlines            zset: <account>:<id> of every open hold -> deadline (ms)
--   ARGV[4]  account   ARGV[5]  hold id   ARGV[6]  'SETTLE' | 'RELEASE' | 'EXPIRE'
--   ARGV[7]  tombstone ttl (ms)   ARGV[8]  birth of the hold id (ms)
--   ARGV[9]  actual   ARGV[10]  'DEBT' | 'CUT'   ARGV[11]  detail
--
-- Returns {'SETTLED', n, posted, held, charged, uncollected} | {'RETURNED', n, posted, held} | {'NOT_DUE', n} |
-- {'NO_HOLD', n} | {'TOO_LATE', n}. A hold that has ended answers how it ended; only a settle still charges one that was
-- returned. A hold that is not there was lost while its tombstone could not have died yet; a quarter of the tombstone's
-- life is left to clocks that disagree.
local reason, settling = ARGV[6], ARGV[6] == 'SETTLE'
local total, kind, deadline = 0, nil, nil
local packed = redis.call('GET', KEYS[4])
if reason == 'EXPIRE' and not packed then
  redis.call('ZREM', KEYS[5], ARGV[4] .. ':' .. ARGV[5]) -- or the sweeper would come again for ever
end
if packed then
  local _, state_of_hold, first, second = cmsgpack.unpack(packed)
  kind = state_of_hold
  if kind == 'S' then return reply('SETTLED', n, posted, held, first, second) end
  if kind == 'H' then
    total, deadline = first, second
  elseif not settling then
    return reply('RETURNED', n, posted, held)
  end
elseif not settling then
  return reply('NO_HOLD', n)
elseif now - tonumber(ARGV[8]) >= tonumber(ARGV[7]) * 0.75 then
  return reply('TOO_LATE', n)
end
if reason == 'EXPIRE' and deadline > now then
  return reply('NOT_DUE', n)
end
