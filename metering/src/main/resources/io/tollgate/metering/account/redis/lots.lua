-- Lots in burn order, packed flat: { version, grant, remaining, priority, expires_at, grant, remaining, ... }.
local LOTS_VERSION, LOT_SIZE = 1, 4

-- Takes amount from the lots. Returns the lots left, who paid how much as text, and what none of them could pay.
local function burn(lots, amount)
  if lots[3] and lots[3] > amount then -- the usual case, without a table
    lots[3] = lots[3] - amount
    return lots, string.format('%.0f:%.0f', lots[2], amount), 0
  end
  local paid, at = {}, 2
  while amount > 0 and lots[at] do
    local taken = math.min(lots[at + 1], amount)
    paid[#paid + 1] = string.format('%.0f:%.0f', lots[at], taken)
    amount = amount - taken
    lots[at + 1] = lots[at + 1] - taken
    if lots[at + 1] == 0 then at = at + LOT_SIZE end
  end
  if at == 2 then
    return lots, table.concat(paid, ','), amount
  end
  local left = { LOTS_VERSION }
  for i = at, #lots do left[#left + 1] = lots[i] end
  return left, table.concat(paid, ','), amount
end

-- Puts a lot in its place: by priority, then expiry (0 is never), then creation.
local function insert_lot(lots, grant, amount, priority, expires_at)
  local function burns_before(at)
    if lots[at + 2] ~= priority then return lots[at + 2] < priority end
    if lots[at + 3] == expires_at then return lots[at] < grant end
    return lots[at + 3] ~= 0 and (expires_at == 0 or lots[at + 3] < expires_at)
  end
  local at = 2
  while lots[at] and burns_before(at) do at = at + LOT_SIZE end
  table.insert(lots, at, expires_at)
  table.insert(lots, at, priority)
  table.insert(lots, at, amount)
  table.insert(lots, at, grant)
end
