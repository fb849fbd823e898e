-- Lots as account.lua describes them. After head.lua.

-- Takes amount from the lots. Returns the lots left, who paid how much as text, and what none of them could pay.
local function burn(lots, amount)
  local paid, at = {}, lots == '' and -1 or 0
  while at >= 0 and amount > 0 do
    local after, grant, remaining, priority, expires_at = cmsgpack.unpack_limit(lots, 4, at)
    if remaining > amount then
      lots = cmsgpack.pack(grant, remaining - amount, priority, expires_at) .. (after < 0 and '' or string.sub(lots, after + 1))
      paid[#paid + 1] = string.format('%.0f:%.0f', grant, amount)
      return lots, table.concat(paid, ','), 0
    end
    paid[#paid + 1] = string.format('%.0f:%.0f', grant, remaining)
    at, amount = after, amount - remaining
  end
  return at < 0 and '' or string.sub(lots, at + 1), table.concat(paid, ','), amount
end
