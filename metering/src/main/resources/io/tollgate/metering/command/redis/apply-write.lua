-- Applies a command, fourth part: says it. After apply.lua.
posted, debt = posted - charged, debt + debt_change
n = append(n + 1, kind, ARGV[6], ARGV[4], detail, 0, charged, uncollected, debt_change, shares, posted, command, expired)
last = n
