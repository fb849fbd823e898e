-- Applies a command, second part: its effect and its event. After apply-order.lua, charge.lua and event.lua.
--
--   ARGV[7]  'GRANT'   ARGV[8] grant   ARGV[9] amount   ARGV[10] priority   ARGV[11] expires_at (ms, 0 never)
--          | 'CHARGE'  ARGV[8] actual  ARGV[9] detail
--          | 'FREEZE' | 'THAW'
--
-- Returns {'APPLIED', n}.
local kind, detail, charged, uncollected, debt_change, shares, packed = nil, '', 0, 0, 0, '', account[6]

if ARGV[7] == 'GRANT' then
  kind = 'GRANTED'
  local grant, amount, lots = tonumber(ARGV[8]), tonumber(ARGV[9]), cmsgpack.unpack(packed)
  local repaid = math.min(tonumber(account[5]), amount)
  local rest = amount - repaid
  debt_change = 0 - repaid
  if rest > 0 then
    insert_lot(lots, grant, rest, tonumber(ARGV[10]), tonumber(ARGV[11]))
    shares = string.format('%.0f:%.0f', grant, rest)
  end
  posted, packed = posted + amount, cmsgpack.pack(lots)
elseif ARGV[7] == 'CHARGE' then
  kind, detail = 'CHARGED', ARGV[9]
  charged, uncollected, debt_change, shares, packed = charge(tonumber(ARGV[8]))
  posted = posted - charged
elseif ARGV[7] == 'FREEZE' then
  kind = 'FROZEN'
  if state == 'ACTIVE' then state = 'FROZEN' end
elseif ARGV[7] == 'THAW' then
  kind = 'THAWED'
  if state == 'FROZEN' then state = 'ACTIVE' end
else
  return redis.error_reply('ERR unknown command kind')
end
