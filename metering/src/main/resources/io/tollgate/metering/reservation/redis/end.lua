-- Ends a hold, second part: does it. After end-judge.lua, charge.lua and event.lua.
local EVENT_KIND = { SETTLE = 'SETTLED', RELEASE = 'RELEASED', EXPIRE = 'EXPIRED' }
local NOTHING = { charged = 0, uncollected = 0, debt_change = 0, posted = posted, paid = '' }

-- What a CUT may take: the hold itself, and beyond it only what no other hold keeps.
local actual = settling and tonumber(ARGV[9]) or 0
local amount = actual
if ARGV[10] == 'CUT' then
  amount = math.min(actual, total + math.max(0, posted - held))
end

local charged = amount > 0 and charge(amount) or NOTHING
local uncollected = charged.uncollected + (actual - amount) -- in this order: the sum of all three may pass 2^53
append({
  kind = EVENT_KIND[reason], id = ARGV[5], account = ARGV[4], lots = charged.paid, detail = ARGV[11],
  total = total, charged = charged.charged, uncollected = uncollected, debt_change = charged.debt_change,
  posted = charged.posted, command = 0,
})

posted, held = charged.posted, math.max(0, held - total)
if charged.lots then
  redis.call('HSET', KEYS[2], 'held', text(held), 'posted', text(posted), 'debt', text(charged.debt),
    'lots', charged.lots)
else
  redis.call('HSET', KEYS[2], 'held', text(held))
end
if kind == 'H' then redis.call('ZREM', KEYS[5], ARGV[4] .. ':' .. ARGV[5]) end
local tombstone = settling and cmsgpack.pack(1, 'S', charged.charged, uncollected)
  or cmsgpack.pack(1, reason == 'EXPIRE' and 'X' or 'R')
redis.call('SET', KEYS[4], tombstone, 'PX', ARGV[7])

if settling then return { 'SETTLED', n, posted, held, charged.charged, uncollected } end
return { 'RETURNED', n, posted, held }
