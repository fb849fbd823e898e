-- Compares an account with its holds. After read.lua and holds.lua.
--
--   KEYS[3]  {tg:p}:deadlines   ARGV[2]  account id   ARGV[3]  prefix of hold keys  {tg:p}:hold:
--
-- Adds to the answer: posted as it is kept, what the account's holds hold, and how many they are.
local found_held, found_open = holds_of(ARGV[2], KEYS[3], ARGV[3])
answer[#answer + 1] = posted
answer[#answer + 1] = found_held
answer[#answer + 1] = found_open
