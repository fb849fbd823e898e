-- Says where an account stands. After expiry.lua.
--
-- Answers {'ACCOUNT', n, held, debt, last command, open, last event, number of lots, lots in burn order (four numbers each), number
-- of kept entries, these (four numbers each), state, last command's id}.
local count = 0
local answer = { 'ACCOUNT', n, held, debt, seq, open, last, 0 }
local at = lots == '' and -1 or 0
while at >= 0 do
  local after, grant, remaining, priority, expires_at = cmsgpack.unpack_limit(lots, 4, at)
  for _, value in ipairs({ grant, remaining, priority, expires_at }) do answer[#answer + 1] = value end
  at, count = after, count + 1
end
answer[8] = count
local entries = kept == '' and {} or cmsgpack.unpack(kept)
answer[#answer + 1] = #entries / 4
for _, value in ipairs(entries) do answer[#answer + 1] = value end
answer[#answer + 1] = state
answer[#answer + 1] = cid
