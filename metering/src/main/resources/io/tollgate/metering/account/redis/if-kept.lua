-- Opens the block of kept.lua: an account without expired lots pays a comparison for it. After account.lua.
local merged, trim, append
if kept ~= '' or next_expiry ~= 0 and next_expiry <= now then
