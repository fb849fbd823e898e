-- Applies a command, last part. After save.lua.
return reply('APPLIED', n)
