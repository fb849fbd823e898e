-- Charges an account that account.lua has read. After lots.lua.

-- Debt is an amount too, so it has the same bound; what would lie beyond is not collected.
local DEBT_MAX = 9007199254740991

-- Burns the lots for amount and makes debt of what they cannot pay. Writes nothing: the caller writes what is returned,
-- which is charged, uncollected, the change of debt, who paid how much (text), the lots left (packed).
local function charge(amount)
  local lots, paid, unpaid = burn(cmsgpack.unpack(account[6]), amount)
  local debt_change = unpaid == 0 and 0 or math.min(unpaid, DEBT_MAX - tonumber(account[5]))
  return amount - unpaid + debt_change, unpaid - debt_change, debt_change, paid, cmsgpack.pack(lots)
end
