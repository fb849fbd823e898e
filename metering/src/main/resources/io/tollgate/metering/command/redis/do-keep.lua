-- Opens the block of kept.lua for commands, which may let lots expire themselves. After account.lua.
local merged, trim, append
do
