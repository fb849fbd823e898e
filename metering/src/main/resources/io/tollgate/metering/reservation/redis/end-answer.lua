-- Ends a hold, last part: writes account and head together with the tombstone, which gets its time to live. After pack.lua.
local tombstone = settling and struct.pack('>Bc0Bi8Bi8', 1, '\161S', 0xD3, charged, 0xD3, uncollected)
  or cmsgpack.pack(1, reason == 'EXPIRE' and 'X' or 'R', epoch)
call('MSET', KEYS[2], packed, KEYS[1], moved, KEYS[3], tombstone)
call('PEXPIRE', KEYS[3], tombstone_ttl)
if settling then
  return struct.pack('>c0Bi8Bi8Bi8Bi8Bi8', '\167SETTLED', 0xD3, n, 0xD3, posted, 0xD3, held, 0xD3, charged, 0xD3, uncollected)
end
return reply('RETURNED', n, posted, held)
