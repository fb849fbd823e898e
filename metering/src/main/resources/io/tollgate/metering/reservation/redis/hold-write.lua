-- Holds credit, second part: the hold and its deadline. After hold.lua.
if kept ~= '' and more > 0 then
  local entries = cmsgpack.unpack(kept)
  for i = 1, #entries, 4 do
    if made_in < entries[i + 2] then entries[i + 3] = entries[i + 3] + more end
  end
  kept = cmsgpack.pack(entries)
end
local deadline = now + ttl
packed_hold = struct.pack('>Bc0Bi8Bi8Bi8', 1, '\161H', 0xD3, total, 0xD3, deadline, 0xD3, made_in)
call('ZADD', string.sub(KEYS[1], 1, -5) .. 'deadlines', text(deadline), account .. ':' .. hold)
held = held + more
