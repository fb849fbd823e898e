-- Holds credit, last part: writes account and hold together. After pack.lua.
call('MSET', KEYS[2], packed, KEYS[3], packed_hold)
return struct.pack('>c0Bi8Bi8Bi8Bi8', '\164HELD', 0xD3, n, 0xD3, total, 0xD3, posted, 0xD3, held)
