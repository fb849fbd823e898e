-- Answers where an account stands. After account.lua.
--
-- Returns {'ACCOUNT', n, held, debt, last command, lots in burn order, four numbers each…, state, last command's id}.
local last = redis.call('HMGET', KEYS[2], 'seq', 'cid')
local reply = { 'ACCOUNT', n, held, tonumber(account[5]), tonumber(last[1]) }
local lots = cmsgpack.unpack(account[6])
for i = 2, #lots do reply[#reply + 1] = lots[i] end
reply[#reply + 1] = state
reply[#reply + 1] = last[2]
return reply
