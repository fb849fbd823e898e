-- What a hold is asked for with. After head.lua.
--
--   ARGV[2]  packed: account, hold id, total (micros; an open hold is never lowered), ttl (ms), the most open holds the account
--            may have
local account, hold, total, ttl, most = cmsgpack.unpack(ARGV[2])
