-- Ends a hold, last part: buries it. After save.lua.
if settling then
  redis.call('SET', KEYS[3], cmsgpack.pack(1, 'S', charged, uncollected), 'PX', ARGV[7])
  return reply('SETTLED', n, posted, held, charged, uncollected)
end
redis.call('SET', KEYS[3], cmsgpack.pack(1, reason == 'EXPIRE' and 'X' or 'R', epoch), 'PX', ARGV[7])
return reply('RETURNED', n, posted, held)
