-- Charges the lots for a settle that came too late, below zero if need be; never what holds keep. After lots.lua.
--
--   ARGV[6]  actual   ARGV[7]  detail
--
-- Returns what is charged, what is not collected, the change of debt, and who paid how much as text.
local function charge_late()
  local shares, unpaid
  lots, shares, unpaid = burn(lots, tonumber(ARGV[6]))
  local debt_change = math.min(unpaid, DEBT_MAX - debt)
  return tonumber(ARGV[6]) - unpaid + debt_change, unpaid - debt_change, debt_change, shares
end
