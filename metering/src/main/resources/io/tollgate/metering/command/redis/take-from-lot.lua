-- Takes up to amount from one lot. After account.lua. Returns the lots left, and what was taken.
local function take_from_lot(lots, wanted, amount)
  local at, taken = lots == '' and -1 or 0, 0
  while at >= 0 do
    local after, grant, remaining, priority, expires_at = cmsgpack.unpack_limit(lots, 4, at)
    if grant == wanted then
      taken = math.min(remaining, amount)
      local left = taken < remaining and cmsgpack.pack(grant, remaining - taken, priority, expires_at) or ''
      return string.sub(lots, 1, at) .. left .. (after < 0 and '' or string.sub(lots, after + 1)), taken
    end
    at = after
  end
  return lots, 0
end
