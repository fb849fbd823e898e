-- Applies a command, last part: writes what apply.lua has decided.
append({
  kind = effect.kind, id = ARGV[6], account = ARGV[4], lots = effect.lots or '', detail = effect.detail or '',
  total = 0, charged = effect.charged or 0, uncollected = effect.uncollected or 0,
  debt_change = effect.debt_change or 0, posted = effect.posted or posted, command = command,
})
redis.call('HSET', KEYS[2], 'seq', ARGV[5], 'cid', ARGV[6], 'state', effect.state or state,
  'posted', text(effect.posted or posted), 'debt', effect.debt and text(effect.debt) or account[5],
  'lots', effect.packed or account[6])
return { 'APPLIED', n }
