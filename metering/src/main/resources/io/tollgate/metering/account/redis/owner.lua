-- Whose account it is, where the arguments are not packed. After head.lua; before expiry.lua.
--
--   ARGV[2]  account id
local account = ARGV[2]
