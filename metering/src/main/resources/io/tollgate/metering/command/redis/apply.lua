-- Applies a command, third part: its effect. After apply-order.lua and the effects in files of their own.
--
--   ARGV[5]  'GRANT'    ARGV[6] grant   ARGV[7] amount   ARGV[8] priority   ARGV[9] expires_at (ms, 0 never)
--          | 'CHARGE'   ARGV[6] actual  ARGV[7] detail
--          | 'CLAWBACK' | 'REPLACE' | 'END'  see clawback.lua and replace.lua
--          | 'FREEZE' | 'THAW' | 'CLOSE'
--
-- Returns {'APPLIED', n}.
local kind, detail, charged, uncollected, debt_change, shares, expired = nil, '', 0, 0, 0, '', ''

if ARGV[5] == 'GRANT' then
  kind = 'GRANTED'
  debt_change, shares = grant_lot()
elseif ARGV[5] == 'CHARGE' then
  kind, detail = 'CHARGED', ARGV[7]
  charged, uncollected, debt_change, shares = charge_late()
elseif ARGV[5] == 'CLAWBACK' then
  kind = 'CLAWED_BACK'
  charged, uncollected, debt_change, shares = claw_back()
elseif ARGV[5] == 'REPLACE' then
  kind = 'ALLOWANCE_REPLACED'
  local rolled
  expired, rolled = expire_allowances()
  debt_change, shares = grant_lot()
  shares = shares .. (shares ~= '' and rolled ~= '' and ',' or '') .. rolled
elseif ARGV[5] == 'END' then
  kind, expired = 'ALLOWANCES_ENDED', expire_allowances()
elseif ARGV[5] == 'FREEZE' then
  kind = 'FROZEN'
  if state == 'ACTIVE' then state = 'FROZEN' end
elseif ARGV[5] == 'THAW' then
  kind = 'THAWED'
  if state == 'FROZEN' then state = 'ACTIVE' end
elseif ARGV[5] == 'CLOSE' then
  kind, state = 'CLOSED', 'CLOSED'
else
  return redis.error_reply('ERR unknown command kind')
end
