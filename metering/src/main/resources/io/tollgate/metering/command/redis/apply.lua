-- Applies a command, third part: its effect. After apply-order.lua and the effects in files of their own.
--
--   ARGV[7]  'GRANT'    ARGV[8] grant   ARGV[9] amount   ARGV[10] priority   ARGV[11] expires_at (ms, 0 never)
--          | 'CHARGE'   ARGV[8] actual  ARGV[9] detail
--          | 'CLAWBACK' | 'REPLACE'     see clawback.lua and replace.lua
--          | 'FREEZE' | 'THAW' | 'CLOSE'
--
-- Returns {'APPLIED', n}.
local kind, detail, charged, uncollected, debt_change, shares, expired = nil, '', 0, 0, 0, '', ''

if ARGV[7] == 'GRANT' then
  kind = 'GRANTED'
  debt_change, shares = grant_lot()
elseif ARGV[7] == 'CHARGE' then
  kind, detail = 'CHARGED', ARGV[9]
  charged, uncollected, debt_change, shares = charge_late()
elseif ARGV[7] == 'CLAWBACK' then
  kind = 'CLAWED_BACK'
  charged, uncollected, debt_change, shares = claw_back()
elseif ARGV[7] == 'REPLACE' then
  kind = 'ALLOWANCE_REPLACED'
  local rolled
  expired, rolled = expire_replaced()
  debt_change, shares = grant_lot()
  shares = shares .. (shares ~= '' and rolled ~= '' and ',' or '') .. rolled
elseif ARGV[7] == 'FREEZE' then
  kind = 'FROZEN'
  if state == 'ACTIVE' then state = 'FROZEN' end
elseif ARGV[7] == 'THAW' then
  kind = 'THAWED'
  if state == 'FROZEN' then state = 'ACTIVE' end
elseif ARGV[7] == 'CLOSE' then
  kind, state = 'CLOSED', 'CLOSED'
else
  return redis.error_reply('ERR unknown command kind')
end
