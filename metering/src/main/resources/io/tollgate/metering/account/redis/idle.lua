-- For how long nobody has used an account. Before head.lua: reading the account makes it used.
--
--   KEYS[2]  {tg:p}:account:<id>  see account.lua
local idle = redis.call('OBJECT', 'IDLETIME', KEYS[2])
