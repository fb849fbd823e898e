-- Applies a command, first part: is it the next one. After expiry.lua.
--
--   ARGV[2]  account id   ARGV[3]  command number   ARGV[4]  command id
--
-- Returns {'DONE', n} for one that took effect before, {'GAP', n, wanted} for one that comes too early,
-- {'CONFLICT', n} where the last command has this number and another id: the two stores have different histories.
local command = tonumber(ARGV[3])
if command == seq and cid ~= ARGV[4] then
  return reply('CONFLICT', n)
end
if command <= seq then
  return reply('DONE', n)
end
if command > seq + 1 then
  return reply('GAP', n, seq + 1)
end
seq, cid = command, ARGV[4]
