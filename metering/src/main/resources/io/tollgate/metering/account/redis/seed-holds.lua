-- Puts an account in place, second part. After seed.lua and holds.lua.
local held, open, gen = holds_of(ARGV[4], KEYS[3], ARGV[5])
