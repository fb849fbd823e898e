-- Holds credit, last part. After save.lua.
return struct.pack('>c0Bi8Bi8Bi8Bi8', '\164HELD', 0xD3, n, 0xD3, total, 0xD3, posted, 0xD3, held)
