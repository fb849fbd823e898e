-- Puts an account in place, last part. After save.lua.
return reply('SEEDED', n)
