-- Ends a hold, third part: says it. After end-charge.lua.
n = append(n + 1, settling and 'SETTLED' or reason == 'EXPIRE' and 'EXPIRED' or 'RELEASED', ARGV[5], ARGV[4], ARGV[11],
  total, charged, uncollected, debt_change, shares, posted, 0, expired)
last = n
if kind == 'H' then redis.call('ZREM', KEYS[4], ARGV[4] .. ':' .. ARGV[5]) end
