-- Appends an event to the partition's stream. After if-kept.lua or do-keep.lua, which declare it; a script whose usual case has
-- no event has it inside their block.
--
--   KEYS[1]  {tg:p}:head
--            {tg:p}:usage  stream beside it; an entry's id is <epoch>-<n>
--
-- An entry has one field, e: its version and what happened, packed in the order below; lots and expired are grant:amount,…
-- as text. What later versions add comes behind.
--
-- To be called before any other write: if the stream refuses the id, nothing has changed. Returns the event's number.
append = function(number, kind, id, owner, detail, total, charged, uncollected, debt_change, shares, posted_after, command,
    expired)
  local name = text(number)
  redis.call('XADD', string.sub(KEYS[1], 1, -5) .. 'usage', epoch .. '-' .. name, 'e',
    cmsgpack.pack(1, kind, id, owner, detail, total, charged, uncollected, debt_change, shares, posted_after, command, now, expired))
  redis.call('HSET', KEYS[1], 'n', name)
  return number
end
