  -- Holds credit, second part: whatever is not the usual case. Inside hold.lua's else.
  local packed = redis.call('GET', KEYS[3])
  local made_in = gen
  if packed then
    local _, kind, before, _, its_gen = cmsgpack.unpack(packed)
    if kind ~= 'H' then return reply('ENDED', n) end
    total, made_in = math.max(total, before), its_gen
    more = total - before
  end
  if state ~= 'ACTIVE' and (more > 0 or not packed) then
    return reply('NOT_ACTIVE', n, state)
  end
  if more > 0 and more > posted - held then
    return reply('REFUSED', n, posted, held)
  end
  if not packed then
    if open >= tonumber(ARGV[7]) then return reply('TOO_MANY', n, tonumber(ARGV[7])) end
    open = open + 1
  end
  if kept ~= '' and more > 0 then
    local entries = cmsgpack.unpack(kept)
    for i = 1, #entries, 4 do
      if made_in < entries[i + 2] then entries[i + 3] = entries[i + 3] + more end
    end
    kept = cmsgpack.pack(entries)
  end
  redis.call('SET', KEYS[3], cmsgpack.pack(1, 'H', total, deadline, made_in))
end
redis.call('ZADD', KEYS[4], text(deadline), ARGV[4])
held = held + more
