-- Lots as account.lua describes them. After head.lua.

-- Debt is an amount too, so it has the same bound; what would lie beyond is not collected.
local DEBT_MAX = 9007199254740991

-- Takes amount from the lots. Returns the lots left, who paid how much as text, and what none of them could pay.
local function burn(lots, amount)
  if lots ~= '' and amount > 0 then -- the usual case, without a table
    local after, grant, remaining, priority, expires_at = cmsgpack.unpack_limit(lots, 4)
    if remaining > amount then
      local first = struct.pack('>Bi8Bi8Bi8Bi8', 0xD3, grant, 0xD3, remaining - amount, 0xD3, priority, 0xD3, expires_at)
      return after < 0 and first or first .. string.sub(lots, after + 1), string.format('%d:%d', grant, amount), 0
    end
  end
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
