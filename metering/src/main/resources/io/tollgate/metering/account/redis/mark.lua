-- Leaves a marker in an account's place: 1 (its version), 0, 'EVICTED', epoch, last, seq. Its epoch, 0, makes it absent; it
-- outlives any loader that read the book before, so that such a one's seed is refused. After evict.lua or drop.lua.
redis.call('SET', KEYS[2], cmsgpack.pack(1, 0, 'EVICTED', epoch, last, seq), 'PX', ARGV[4])
return reply(done, n)
