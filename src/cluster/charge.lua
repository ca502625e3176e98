-- Counts one request in all buckets, or in none if one is full; counter.rs explains the numbers.
-- KEYS: the buckets. ARGV: now, 1 to count or 0 to look, then limit, length and 1 if it slides, each.
-- Answers: 1 if allowed, and span, current and previous of each bucket.
local now, count = tonumber(ARGV[1]), ARGV[2] == '1'
local counters, allowed = {}, true

for n, key in ipairs(KEYS) do
  local limit, length, slides = tonumber(ARGV[3 * n]), tonumber(ARGV[3 * n + 1]), ARGV[3 * n + 2] == '1'
  local span = math.floor(now / length)
  local stored = redis.call('HMGET', key, 's', 'c', 'p')
  local c = {s = tonumber(stored[1] or 0), c = tonumber(stored[2] or 0), p = tonumber(stored[3] or 0), length = length}
  local ahead = c.s - span
  if ahead == -1 then
    c.s, c.c, c.p = span, 0, c.c
  elseif ahead ~= 0 and ahead ~= 1 then
    c.s, c.c, c.p = span, 0, 0
  end
  local elapsed = math.min(math.max(now - c.s * length, 0), length)
  local weight = slides and length - elapsed or 0
  allowed = allowed and (c.c + 1) * length + c.p * weight <= limit * length
  counters[n] = c
end

local answer = {}
for n, key in ipairs(KEYS) do
  local c = counters[n]
  if allowed and count then
    c.c = c.c + 1
    redis.call('HSET', key, 's', c.s, 'c', c.c, 'p', c.p)
    redis.call('PEXPIRE', key, 2 * c.length)
  end
  answer[n] = {c.s, c.c, c.p}
end
return {allowed and 1 or 0, answer}
