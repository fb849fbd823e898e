-- Ends a hold, second part: who pays. After end-judge.lua and lots.lua.

-- What a CUT may take: the hold itself, and beyond it only what no other hold keeps.
local amount = actual
if overage == 'CUT' then
  amount = math.min(actual, total + math.max(0, posted - held))
end

local unpaid, debt_change, uncollected, shares, expired = amount, 0, 0, '', ''
local entries
if kept ~= '' and kind == 'H' then
  entries, shares = cmsgpack.unpack(kept), {}
  for i = 1, #entries, 4 do
    if made_in < entries[i + 2] then
      local taken = math.min(entries[i + 1], unpaid)
      entries[i + 1], unpaid = entries[i + 1] - taken, unpaid - taken
      entries[i + 3] = math.max(0, entries[i + 3] - total)
      if taken > 0 then shares[#shares + 1] = string.format('%.0f:%.0f', entries[i], taken) end
    end
  end
  shares = merged(table.concat(shares, ','))
end
if unpaid > 0 then
  local by_lots
  lots, by_lots, unpaid = burn(lots, unpaid)
  debt_change = unpaid == 0 and 0 or math.min(unpaid, DEBT_MAX - debt)
  uncollected = unpaid - debt_change
  shares = shares == '' and by_lots or merged(shares .. ',' .. by_lots)
end
local charged = amount - uncollected
posted, held, debt = posted - charged, math.max(0, held - total), debt + debt_change
if entries then
  local broken
  kept, expired, broken = trim(entries)
  posted = posted - broken
end
uncollected = uncollected + (actual - amount) -- in this order: the sum of all three may pass 2^53
if kind == 'H' then open = math.max(0, open - 1) end
