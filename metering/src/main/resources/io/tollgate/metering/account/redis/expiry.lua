-- Lets the lots expire whose time has come, as a fact of its own: it is written whatever becomes of the call. After kept.lua and
-- event.lua and what names the account; costs an account with nothing due a comparison.
--
-- The event's id is unique: the account's last event cannot have that number again within the epoch.
if next_expiry ~= 0 and next_expiry <= now then
  local entries, staying, at, due = kept == '' and {} or cmsgpack.unpack(kept), {}, lots == '' and -1 or 0, false
  next_expiry = 0
  while at >= 0 do
    local after, grant, remaining, priority, expires_at = cmsgpack.unpack_limit(lots, 4, at)
    if expires_at > 0 and expires_at <= now then
      due = true
      for _, value in ipairs({ grant, remaining, gen + 1, held }) do entries[#entries + 1] = value end
    else
      staying[#staying + 1] = cmsgpack.pack(grant, remaining, priority, expires_at)
      if expires_at > 0 and (next_expiry == 0 or expires_at < next_expiry) then next_expiry = expires_at end
    end
    at = after
  end
  if due then
    local expired, sum
    gen, lots = gen + 1, table.concat(staying)
    kept, expired, sum = trim(entries)
    posted = posted - sum
    if sum > 0 then
      local id = account .. ':' .. epoch .. '-' .. text(last)
      n = append(n + 1, 'LOTS_EXPIRED', id, account, '', 0, 0, 0, 0, '', posted, 0, expired)
      last = n
    end
  end
  local packed = cmsgpack.pack(1, epoch, state, posted, held, debt, open, last, seq, cid, next_expiry, gen, lots, kept)
  call('MSET', KEYS[2], packed, KEYS[1], moved or stored[1])
end
