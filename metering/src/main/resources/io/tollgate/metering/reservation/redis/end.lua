-- Ends a hold, second part: does it. After end-judge.lua, charge.lua and event.lua.
local actual = settling and tonumber(ARGV[9]) or 0

-- What a CUT may take: the hold itself, and beyond it only what no other hold keeps.
local amount = actual
if ARGV[10] == 'CUT' then
  amount = math.min(actual, total + math.max(0, posted - held))
end

local charged, uncollected, debt_change, paid, lots = 0, 0, 0, '', nil
if amount > 0 then
  charged, uncollected, debt_change, paid, lots = charge(amount)
end
uncollected = uncollected + (actual - amount) -- in this order: the sum of all three may pass 2^53
posted, held = posted - charged, math.max(0, held - total)

append(settling and 'SETTLED' or reason == 'EXPIRE' and 'EXPIRED' or 'RELEASED', ARGV[5], ARGV[4], ARGV[11],
  total, charged, uncollected, debt_change, paid, posted, 0)

if debt_change > 0 then
  redis.call('HSET', KEYS[2], 'held', text(held), 'posted', text(posted), 'lots', lots,
    'debt', text(tonumber(account[5]) + debt_change))
elseif lots then
  redis.call('HSET', KEYS[2], 'held', text(held), 'posted', text(posted), 'lots', lots)
else
  redis.call('HSET', KEYS[2], 'held', text(held))
end
if kind == 'H' then redis.call('ZREM', KEYS[5], ARGV[4] .. ':' .. ARGV[5]) end

if settling then
  redis.call('SET', KEYS[4], cmsgpack.pack(1, 'S', charged, uncollected), 'PX', ARGV[7])
  return reply('SETTLED', n, posted, held, charged, uncollected)
end
redis.call('SET', KEYS[4], cmsgpack.pack(1, reason == 'EXPIRE' and 'X' or 'R'), 'PX', ARGV[7])
return reply('RETURNED', n, posted, held)
