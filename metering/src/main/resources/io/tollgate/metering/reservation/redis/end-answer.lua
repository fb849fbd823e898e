-- Ends a hold, last part: buries it. After save.lua.
if settling then
  call('SET', KEYS[3], struct.pack('>Bc0Bi8Bi8', 1, '\161S', 0xD3, charged, 0xD3, uncollected), 'PX', tombstone_ttl)
  return struct.pack('>c0Bi8Bi8Bi8Bi8Bi8', '\167SETTLED', 0xD3, n, 0xD3, posted, 0xD3, held, 0xD3, charged, 0xD3, uncollected)
end
call('SET', KEYS[3], cmsgpack.pack(1, reason == 'EXPIRE' and 'X' or 'R', epoch), 'PX', tombstone_ttl)
return reply('RETURNED', n, posted, held)
