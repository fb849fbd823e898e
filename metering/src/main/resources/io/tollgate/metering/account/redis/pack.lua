-- Packs an account as account.lua describes it. After account.lua or what stands for it.
--
-- MessagePack, put together by struct: cmsgpack.pack makes a text of each of its values before it joins them. 0xD3 leads an
-- integer of 8 bytes, 0xD9 and 0xDB a text with its length in 1 and 4.
local packed = struct.pack('>BBBc0BBc0Bi8Bi8Bi8Bi8Bi8Bi8BBc0Bi8Bi8BI4c0BI4c0', 1, 0xD9, #epoch, epoch, 0xD9, #state, state,
  0xD3, posted, 0xD3, held, 0xD3, debt, 0xD3, open, 0xD3, last, 0xD3, seq, 0xD9, #cid, cid, 0xD3, next_expiry, 0xD3, gen,
  0xDB, #lots, lots, 0xDB, #kept, kept)
