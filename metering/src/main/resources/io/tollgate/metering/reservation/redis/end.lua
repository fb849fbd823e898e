-- Ends a hold, third part: says it. After end-charge.lua.
n = append(n + 1, settling and 'SETTLED' or reason == 'EXPIRE' and 'EXPIRED' or 'RELEASED', hold, account, detail,
  total, charged, uncollected, debt_change, shares, posted, 0, expired)
last = n
if kind == 'H' then call('ZREM', string.sub(KEYS[1], 1, -5) .. 'deadlines', account .. ':' .. hold) end
