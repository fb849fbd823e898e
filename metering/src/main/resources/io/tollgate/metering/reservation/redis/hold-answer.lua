-- Holds credit, last part. After save.lua.
return reply('HELD', n, total, posted, held)
