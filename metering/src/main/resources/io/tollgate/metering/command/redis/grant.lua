-- Puts a grant into the account, debt first. After insert-lot.lua; arguments as in apply.lua. Returns the change of debt, and
-- what came into the lot as text.
local function grant_lot()
  local amount = tonumber(ARGV[7])
  local repaid = math.min(debt, amount)
  local rest = amount - repaid
  posted = posted + amount
  if rest == 0 then
    return 0 - repaid, ''
  end
  lots, next_expiry = insert_lot(lots, next_expiry, tonumber(ARGV[6]), rest, tonumber(ARGV[8]), tonumber(ARGV[9]))
  return 0 - repaid, ARGV[6] .. ':' .. text(rest)
end
