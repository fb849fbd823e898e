-- Takes credit back from the lots named and from what holds keep of them, whatever is held. After take-from-lot.lua.
--
--   ARGV[6]  amount   ARGV[7..]  grants, in the order in which they pay
--
-- Returns what is charged, what is not collected, the change of debt, and who paid how much as text.
local function claw_back()
  local shares, unpaid = {}, tonumber(ARGV[6])
  local entries = kept == '' and {} or cmsgpack.unpack(kept)
  for i = 7, #ARGV do
    local grant, paid = tonumber(ARGV[i]), 0
    lots, paid = take_from_lot(lots, grant, unpaid)
    for j = 1, #entries, 4 do
      if entries[j] == grant then
        local taken = math.min(entries[j + 1], unpaid - paid)
        entries[j + 1], paid = entries[j + 1] - taken, paid + taken
      end
    end
    if paid > 0 then shares[#shares + 1] = ARGV[i] .. ':' .. text(paid) end
    unpaid = unpaid - paid
  end
  if kept ~= '' then kept = trim(entries) end -- only to forget those with nothing left
  local debt_change = math.min(unpaid, DEBT_MAX - debt)
  return tonumber(ARGV[6]) - unpaid + debt_change, unpaid - debt_change, debt_change, table.concat(shares, ',')
end
