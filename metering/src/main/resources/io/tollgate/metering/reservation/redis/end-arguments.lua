-- What a hold is ended with. After head.lua.
--
--   ARGV[2]  packed: account, hold id, 'SETTLE' | 'RELEASE' | 'EXPIRE', tombstone ttl (ms), birth of the hold id (ms),
--            actual, 'DEBT' | 'CUT', detail, 1 where the book was asked (see end-judge.lua), else 0
local account, hold, reason, tombstone_ttl, birth, actual, overage, detail, asked = cmsgpack.unpack(ARGV[2])
local settling = reason == 'SETTLE'
