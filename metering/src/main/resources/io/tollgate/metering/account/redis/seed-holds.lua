-- Puts an account in place, second part. After seed.lua and holds.lua.
local held, open, gen = holds_of(ARGV[2], KEYS[3], ARGV[3])
