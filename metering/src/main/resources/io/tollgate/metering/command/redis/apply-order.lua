-- Applies a command, first part: is it the next one. After account.lua.
--
--   ARGV[4]  account id   ARGV[5]  command number   ARGV[6]  command id
--
-- Returns {'DONE', n} for one that took effect before, {'GAP', n, wanted} for one that comes too early,
-- {'CONFLICT', n} where the last command has this number and another id: the two stores have different histories.
local command = tonumber(ARGV[5])
local last = redis.call('HMGET', KEYS[2], 'seq', 'cid')
local last_command = tonumber(last[1])
if command == last_command and last[2] ~= ARGV[6] then
  return reply('CONFLICT', n)
end
if command <= last_command then
  return reply('DONE', n)
end
if command > last_command + 1 then
  return reply('GAP', n, last_command + 1)
end
