-- Reads an account. After head.lua.
--
--   KEYS[2]  {tg:p}:account:<id>  hash: epoch, posted, held, debt (micros), state, lots (packed, see lots.lua),
--                                 seq and cid of the last command
--
-- Returns {'ABSENT', n} where there is none of this epoch: nothing may be written for it before it is seeded.
local account = redis.call('HMGET', KEYS[2], 'epoch', 'posted', 'held', 'state', 'debt', 'lots')
if account[1] ~= epoch then
  return reply('ABSENT', n)
end
local posted, held, state = tonumber(account[2]), tonumber(account[3]), account[4]
