-- Appends the account's next event to the partition's stream. After account.lua.
--
--   KEYS[3]  {tg:p}:usage  stream; an entry's id is <epoch>-<n>
--
-- An entry has one field, e: its version and what happened, packed in the order below; lots are grant:amount,… as text. What
-- later versions add comes behind.
--
-- To be called before any other write: if the stream refuses the id, nothing has changed.
local EVENT_VERSION = 1

local function append(kind, id, owner, detail, total, charged, uncollected, debt_change, lots, posted_after, command)
  n = n + 1
  local number = text(n)
  redis.call('XADD', KEYS[3], epoch .. '-' .. number, 'e', cmsgpack.pack(EVENT_VERSION, kind, id, owner, detail,
    total, charged, uncollected, debt_change, lots, posted_after, command, now))
  redis.call('HSET', KEYS[1], 'n', number)
end
