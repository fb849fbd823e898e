-- Applies a command, second part: its effect and its event. After apply-order.lua, charge.lua and event.lua.
--
--   ARGV[7]  'GRANT'   ARGV[8] grant   ARGV[9] amount   ARGV[10] priority   ARGV[11] expires_at (ms, 0 never)
--          | 'CHARGE'  ARGV[8] actual  ARGV[9] detail
--          | 'FREEZE' | 'THAW'
--
-- Returns {'APPLIED', n}.
local function granted(grant, amount, priority, expires_at)
  local debt, lots = tonumber(account[5]), cmsgpack.unpack(account[6])
  local repaid = math.min(debt, amount)
  local rest = amount - repaid
  if rest > 0 then insert_lot(lots, grant, rest, priority, expires_at) end
  return {
    kind = 'GRANTED', debt_change = 0 - repaid, debt = debt - repaid, posted = posted + amount,
    packed = cmsgpack.pack(lots), lots = rest > 0 and string.format('%.0f:%.0f', grant, rest) or '',
  }
end

local effect
if ARGV[7] == 'GRANT' then
  effect = granted(tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11]))
elseif ARGV[7] == 'CHARGE' then
  effect = charge(tonumber(ARGV[8]))
  effect.kind, effect.packed, effect.lots, effect.detail = 'CHARGED', effect.lots, effect.paid, ARGV[9]
elseif ARGV[7] == 'FREEZE' then
  effect = { kind = 'FROZEN', state = state == 'ACTIVE' and 'FROZEN' or state }
elseif ARGV[7] == 'THAW' then
  effect = { kind = 'THAWED', state = state == 'FROZEN' and 'ACTIVE' or state }
else
  return redis.error_reply('ERR unknown command kind')
end
