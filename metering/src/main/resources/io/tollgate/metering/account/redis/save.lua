-- Writes an account that account.lua has read.
redis.call('SET', KEYS[2], cmsgpack.pack(1, epoch, state, posted, held, debt, open, last, seq, cid, next_expiry, gen, lots, kept))
