-- Lets the lots of allowances expire now, but for what rolls over to a new one's expiry. After kept.lua, insert-lot.lua.
--
--   ARGV[6] grant   ARGV[7] amount   ARGV[8] priority   ARGV[9] expires_at  of the new allowance, see grant.lua; empty for none
--   ARGV[10]  how much rolls over   ARGV[11..]  grants whose lots are replaced
--
-- Returns what broke, and what rolled over by grant, as text.
local function expire_allowances()
  local replaced, staying, rolled, entries = {}, {}, {}, kept == '' and {} or cmsgpack.unpack(kept)
  for i = 11, #ARGV do replaced[ARGV[i]] = true end
  local rollover, at, due = tonumber(ARGV[10]), lots == '' and -1 or 0, false
  while at >= 0 do
    local after, grant, remaining, priority, expires_at = cmsgpack.unpack_limit(lots, 4, at)
    if replaced[text(grant)] then
      local stays = math.min(remaining, rollover)
      rollover = rollover - stays
      if stays > 0 then rolled[#rolled + 1] = { grant, stays, priority } end
      if stays < remaining then
        due = true
        for _, value in ipairs({ grant, remaining - stays, gen + 1, held }) do entries[#entries + 1] = value end
      end
    else
      staying[#staying + 1] = cmsgpack.pack(grant, remaining, priority, expires_at)
    end
    at = after
  end
  lots = table.concat(staying)
  for i, lot in ipairs(rolled) do
    lots, next_expiry = insert_lot(lots, next_expiry, lot[1], lot[2], lot[3], tonumber(ARGV[9]))
    rolled[i] = text(lot[1]) .. ':' .. text(lot[2])
  end
  rolled = table.concat(rolled, ',')
  if not due then return '', rolled end
  local broken, sum
  gen = gen + 1
  kept, broken, sum = trim(entries)
  posted = posted - sum
  return broken, rolled
end
