-- Adds up an account's holds that are here. After head.lua. Returns what they hold, how many they are, the highest gen.
local function holds_of(account, deadlines, hold_prefix)
  local held, open, gen, mine = 0, 0, 0, account .. ':'
  for _, member in ipairs(redis.call('ZRANGE', deadlines, 0, -1)) do
    local packed = string.sub(member, 1, #mine) == mine and redis.call('GET', hold_prefix .. member)
    if packed then
      local _, kind, total, _, made_in = cmsgpack.unpack(packed)
      if kind == 'H' then held, open, gen = held + total, open + 1, math.max(gen, made_in) end
    end
  end
  return held, open, gen
end
