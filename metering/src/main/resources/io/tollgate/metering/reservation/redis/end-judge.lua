-- Ends a hold, first part: what is there to end. After expiry.lua.
--
--   KEYS[3]  {tg:p}:hold:<account>:<id>  as in hold.lua, or a tombstone: 1 (its version), 'S', charged, uncollected
--                                        | 1, 'R' or 'X', epoch in which it was written
--
-- Returns {'SETTLED', n, posted, held, charged, uncollected} | {'RETURNED', n, posted, held} | {'NOT_DUE', n} |
-- {'NO_HOLD', n} | {'TOO_LATE', n} | {'LOST', n}. A hold that has ended answers how it ended; only a settle still charges one that
-- was returned. A hold that is not there was lost while its tombstone could not have died yet, a quarter of the tombstone's
-- life left to clocks that disagree: LOST asks whether the book knows how it ended, and asked says that it does not. One that
-- was returned in an older epoch may have been charged since, and that was lost: it is LOST too.
local total, made_in, kind, deadline = 0, gen, nil, nil
if stored[3] then
  local _, state_of_hold, first, second, third = cmsgpack.unpack(stored[3])
  kind = state_of_hold
  if kind == 'S' then return reply('SETTLED', n, posted, held, first, second) end
  if kind == 'H' then
    total, deadline, made_in = first, second, third
    if reason == 'EXPIRE' and deadline > now then return reply('NOT_DUE', n) end
  elseif not settling then
    return reply('RETURNED', n, posted, held)
  elseif first ~= epoch and asked == 0 then
    return reply('LOST', n)
  end
elseif not settling then
  if reason == 'EXPIRE' then -- or the sweeper would come for ever
    call('ZREM', string.sub(KEYS[1], 1, -5) .. 'deadlines', account .. ':' .. hold)
  end
  return reply('NO_HOLD', n)
elseif now - birth >= tombstone_ttl * 0.75 then
  return reply('TOO_LATE', n)
elseif asked == 0 then
  return reply('LOST', n)
end
