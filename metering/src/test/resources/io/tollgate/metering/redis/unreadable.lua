-- Answers what no reply of ours looks like, and for 'fine' one that does.
local answers = {
  fine = cmsgpack.pack('FINE', 0),
  garbage = '\193',
  cut = string.sub(cmsgpack.pack('FINE', 2 ^ 40), 1, -2),
  fraction = cmsgpack.pack('FINE', 1.5),
  nothing = '',
  number = 1,
  table = { 'FINE', 0 },
}
return answers[ARGV[1]]
