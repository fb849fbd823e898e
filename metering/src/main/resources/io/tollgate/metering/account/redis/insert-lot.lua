-- Puts a lot in its place: by priority, then expiry (0 is never), then creation. After account.lua. Returns the lots and
-- the account's next expiry with it.
local function insert_lot(lots, next_expiry, grant, amount, priority, expires_at)
  local at, tail = 0, lots ~= ''
  while tail do
    local after, other, _, other_priority, other_expires_at = cmsgpack.unpack_limit(lots, 4, at)
    local before
    if other_priority ~= priority then
      before = other_priority < priority
    elseif other_expires_at == expires_at then
      before = other < grant
    else
      before = other_expires_at ~= 0 and (expires_at == 0 or other_expires_at < expires_at)
    end
    if not before then break end
    at, tail = after, after >= 0
  end
  local lot = cmsgpack.pack(grant, amount, priority, expires_at)
  lots = tail and string.sub(lots, 1, at) .. lot .. string.sub(lots, at + 1) or lots .. lot
  if expires_at > 0 and (next_expiry == 0 or expires_at < next_expiry) then next_expiry = expires_at end
  return lots, next_expiry
end
