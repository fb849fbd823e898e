-- Charges an account that account.lua has read. After lots.lua.

-- Debt is an amount too, so it has the same bound; what would lie beyond is not collected.
local DEBT_MAX = 9007199254740991

-- Burns the lots for amount and makes debt of what they cannot pay. Writes nothing: the caller writes what is returned.
-- Returns { charged, uncollected, debt_change, debt, posted, lots (packed), paid (text) }.
local function charge(amount)
  local debt = tonumber(account[5])
  local lots, paid, unpaid = burn(cmsgpack.unpack(account[6]), amount)
  local debt_change = math.min(unpaid, DEBT_MAX - debt)
  local charged = amount - unpaid + debt_change
  return {
    charged = charged,
    uncollected = unpaid - debt_change,
    debt_change = debt_change,
    debt = debt + debt_change,
    posted = posted - charged,
    lots = cmsgpack.pack(lots),
    paid = paid,
  }
end
