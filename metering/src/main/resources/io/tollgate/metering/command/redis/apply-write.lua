-- Applies a command, fourth part: says it. After apply.lua.
posted, debt = posted - charged, debt + debt_change
n = append(n + 1, kind, ARGV[4], ARGV[2], detail, 0, charged, uncollected, debt_change, shares, posted, command, expired)
last = n
