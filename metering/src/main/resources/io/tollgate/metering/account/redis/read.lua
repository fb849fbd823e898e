-- Answers where an account stands. After account.lua.
--
-- Returns {'ACCOUNT', n, held, debt, last command, lots in burn order, four numbers each…, state, last command's id}.
local last = redis.call('HMGET', KEYS[2], 'seq', 'cid')
local answer = { 'ACCOUNT', n, held, tonumber(account[5]), tonumber(last[1]) }
local lots = cmsgpack.unpack(account[6])
for i = 2, #lots do answer[#answer + 1] = lots[i] end
answer[#answer + 1] = state
answer[#answer + 1] = last[2]
return reply(answer)
