-- Puts an account in place from the book, unless one of this epoch is there. After head.lua.
--
--   KEYS[2]  {tg:p}:account:<id>  hash, see account.lua
--   KEYS[3]  {tg:p}:deadlines     zset: <account>:<hold> of every open hold
--   ARGV[4]  account id
--   ARGV[5]  prefix of hold keys  {tg:p}:hold:
--   ARGV[6]  state   ARGV[7]  debt   ARGV[8]  last command   ARGV[9]  its id
--   ARGV[10..]  lots in burn order, four values each (see lots.lua)
--
-- Returns {'SEEDED' | 'PRESENT', n}. Held is what the account's holds that are still here keep.
if redis.call('HGET', KEYS[2], 'epoch') == epoch then
  return reply('PRESENT', n)
end

local lots, posted = { 1 }, 0 - tonumber(ARGV[7])
for i = 10, #ARGV do
  lots[#lots + 1] = tonumber(ARGV[i])
  if i % 4 == 3 then posted = posted + tonumber(ARGV[i]) end
end

local held, mine = 0, ARGV[4] .. ':'
for _, member in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do
  local packed = string.sub(member, 1, #mine) == mine and redis.call('GET', ARGV[5] .. member)
  if packed then
    local _, state, total = cmsgpack.unpack(packed)
    if state == 'H' then held = held + total end
  end
end

redis.call('HSET', KEYS[2], 'epoch', epoch, 'posted', text(posted), 'held', text(held), 'debt', ARGV[7],
  'state', ARGV[6], 'seq', ARGV[8], 'cid', ARGV[9], 'lots', cmsgpack.pack(lots))
return reply('SEEDED', n)
