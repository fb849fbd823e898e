-- Reads an account. After head.lua.
--
--   KEYS[2]  {tg:p}:account:<id>  packed: 1 (its version), epoch, state, posted, held, debt (micros), open (its open holds),
--            last (number of its last event, or above), seq and cid of its last command, next_expiry (no lot expires before;
--            ms, 0 never), gen (how many expiry passes found something), lots, kept
--
--   lots  packed flat, in burn order: grant, remaining, priority, expires_at (ms, 0 never), grant, ...
--   kept  '' or a packed array: grant, remaining, gen, ceiling, grant, ...: what is left of expired lots under holds older
--         than gen (see kept.lua)
--
-- posted = lots + kept - debt.
--
-- Returns {'ABSENT', n} where there is none of this epoch: nothing may be written for it before it is seeded.
local found = stored[2]
if not found then
  return reply('ABSENT', n)
end
local _, epoch_found, state, posted, held, debt, open, last, seq, cid, next_expiry, gen, lots, kept = cmsgpack.unpack(found)
if epoch_found ~= epoch then
  return reply('ABSENT', n)
end
