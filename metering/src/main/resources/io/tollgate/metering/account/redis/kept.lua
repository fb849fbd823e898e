-- What expired lots still keep for holds that were there when they expired. In the block that if-kept.lua opens.
--
-- An entry of kept is grant, remaining, gen, ceiling: a hold is older than it if it was made in a lower gen, and the ceiling is
-- what the older holds keep in total. Newer holds never reach it: what is available is right without a word about it, since
-- all that is kept is held.
  -- Shares as text with each grant once, in the order they came.
  merged = function(shares)
    local order, sums = {}, {}
    for grant, amount in string.gmatch(shares, '(%d+):(%d+)') do
      if not sums[grant] then order[#order + 1] = grant end
      sums[grant] = (sums[grant] or 0) + tonumber(amount)
    end
    for i, grant in ipairs(order) do order[i] = grant .. ':' .. text(sums[grant]) end
    return table.concat(order, ',')
  end

  -- Lets go of what no older hold keeps any more. Returns the entries left, what broke as text, and its sum.
  trim = function(entries)
    local left, broken, sum, above = {}, {}, 0, 0
    for i = 1, #entries, 4 do
      local remaining = math.min(entries[i + 1], math.max(0, entries[i + 3] - above))
      above = above + remaining
      if remaining < entries[i + 1] then
        broken[#broken + 1] = string.format('%.0f:%.0f', entries[i], entries[i + 1] - remaining)
        sum = sum + (entries[i + 1] - remaining)
      end
      for j = i, remaining > 0 and i + 3 or 0 do
        left[#left + 1] = j == i + 1 and remaining or entries[j]
      end
    end
    return left[1] and cmsgpack.pack(left) or '', merged(table.concat(broken, ',')), sum
  end
end
