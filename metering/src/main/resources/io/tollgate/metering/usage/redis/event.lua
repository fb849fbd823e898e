-- Appends the account's next event to the partition's stream. After account.lua.
--
--   KEYS[3]  {tg:p}:usage  stream; an entry's id is <epoch>-<n>
--
-- Fields: k kind, id, a account, l lots as grant:amount,…  m numbers: held, charged, uncollected, debt change, posted after,
-- command, at (ms)  x detail.
--
-- To be called before any other write: if the stream refuses the id, nothing has changed.
local function append(event)
  n = n + 1
  local number = text(n)
  redis.call('XADD', KEYS[3], epoch .. '-' .. number,
    'k', event.kind, 'id', event.id, 'a', event.account, 'l', event.lots,
    'm', string.format('%.0f %.0f %.0f %.0f %.0f %.0f %.0f', event.total, event.charged, event.uncollected,
      event.debt_change, event.posted, event.command, now),
    'x', event.detail)
  redis.call('HSET', KEYS[1], 'n', number)
end
