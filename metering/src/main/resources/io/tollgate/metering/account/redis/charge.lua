-- Charges the lots, and makes debt of what they cannot pay. After lots.lua.

-- Debt is an amount too, so it has the same bound; what would lie beyond is not collected.
local DEBT_MAX = 9007199254740991

-- Writes nothing. Returns the lots left, who paid how much as text, the change of debt, and what is not collected.
local function charge(lots, debt, amount)
  local left, paid, unpaid = burn(lots, amount)
  if unpaid == 0 then
    return left, paid, 0, 0
  end
  local debt_change = math.min(unpaid, DEBT_MAX - debt)
  return left, paid, debt_change, unpaid - debt_change
end
