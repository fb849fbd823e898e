-- Holds credit, or raises an open hold to a total. Sending it twice changes nothing but the deadline. After expiry.lua.
--
--   KEYS[3]  {tg:p}:hold:<account>:<id>  packed: 1 (its version), 'H', total, deadline, gen (the account's when it was made),
--                                        or a tombstone (see end-judge.lua)
--   KEYS[4]  {tg:p}:deadlines            zset: <account>:<id> of every open hold -> deadline (ms)
--   ARGV[4]  <account>:<id>
--   ARGV[5]  total  micros; an open hold is never lowered
--   ARGV[6]  ttl    ms
--   ARGV[7]  the most open holds the account may have
--
-- Returns {'HELD', n, total, posted, held}, or, with nothing written, {'REFUSED', n, posted, held} |
-- {'NOT_ACTIVE', n, state} | {'TOO_MANY', n, the most} | {'ENDED', n}. In the usual case, a new hold that the account can afford,
-- nobody looks whether it is there: Redis does when it is written.
local total = tonumber(ARGV[5])
local deadline, more = now + tonumber(ARGV[6]), total
local may = state == 'ACTIVE' and total <= posted - held and open < tonumber(ARGV[7])
if may and redis.call('SET', KEYS[3], cmsgpack.pack(1, 'H', total, deadline, gen), 'NX') then
  open = open + 1
else
