-- Writes an account, and the head where an event was appended. After pack.lua.
call('MSET', KEYS[2], packed, KEYS[1], moved or stored[1])
