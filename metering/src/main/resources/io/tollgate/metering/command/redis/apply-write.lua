-- Applies a command, last part: writes what apply.lua has decided.
append(kind, ARGV[6], ARGV[4], detail, 0, charged, uncollected, debt_change, shares, posted, command)
redis.call('HSET', KEYS[2], 'seq', ARGV[5], 'cid', ARGV[6], 'state', state, 'posted', text(posted),
  'debt', text(tonumber(account[5]) + debt_change), 'lots', packed)
return reply('APPLIED', n)
