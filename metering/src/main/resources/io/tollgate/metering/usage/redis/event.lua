-- Appends an event to the partition's stream. After if-kept.lua or do-keep.lua, which declare it; a script whose usual case has
-- no event has it inside their block.
--
--   KEYS[1]  {tg:p}:head
--            {tg:p}:usage  stream beside it; an entry's id is <epoch>-<n>
--
-- An entry has one field, e: its version and what happened, packed in the order below (by struct, see pack.lua); lots and
-- expired are grant:amount,… as text. What later versions add comes behind.
--
-- To be called before any other write: if the stream refuses the id, nothing has changed. Returns the event's number; the head
-- has moved once it is written with the account.
append = function(number, kind, id, owner, detail, total, charged, uncollected, debt_change, shares, posted_after, command,
    expired)
  moved = epoch .. '-' .. text(number)
  call('XADD', string.sub(KEYS[1], 1, -5) .. 'usage', moved, 'e',
    struct.pack('>BBBc0BBc0BBc0BI4c0Bi8Bi8Bi8Bi8BI4c0Bi8Bi8Bi8BI4c0', 1, 0xD9, #kind, kind, 0xD9, #id, id, 0xD9, #owner, owner,
      0xDB, #detail, detail, 0xD3, total, 0xD3, charged, 0xD3, uncollected, 0xD3, debt_change, 0xDB, #shares, shares,
      0xD3, posted_after, 0xD3, command, 0xD3, now, 0xDB, #expired, expired))
  return number
end
