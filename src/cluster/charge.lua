-- Counts one request in all buckets, or in none if one is full; counter.rs does the same in memory.
-- KEYS: the buckets. ARGV: now, 1 to count or 0 to look, then limit and window of each bucket: its
-- length, or 0 for a UTC day. Times are milliseconds.
-- Answers: 1 if allowed, and of each bucket how many it holds, when it has room and when it is empty.
local DAY = 86400000
local now, count = tonumber(ARGV[1]), ARGV[2] == '1'

local function tally(key)
  local stored = redis.call('HMGET', key, 'day', 'count')
  local day, number = tonumber(stored[1] or 0), tonumber(stored[2] or 0)
  local today = math.floor(now / DAY)
  if day ~= today and day ~= today + 1 then
    day, number = today, 0
  end
  return day, number
end

local function last(key)
  return tonumber(redis.call('LINDEX', key, -1) or now)
end

local function usage(key, limit, length)
  if length == 0 then
    local day, number = tally(key)
    return {number, (day + 1) * DAY, (day + 1) * DAY}
  end
  local used = redis.call('LLEN', key)
  local room, empty = now, now
  if used > 0 then
    empty = last(key) + length
  end
  if used >= limit then
    room = tonumber(redis.call('LINDEX', key, used - limit) or now) + length
  end
  return {used, room, empty}
end

local function forget(key, length)
  if last(key) > now + length then
    redis.call('DEL', key)
  end
  while tonumber(redis.call('LINDEX', key, 0) or now) <= now - length do
    redis.call('LPOP', key)
  end
end

local function add(key, length)
  if length == 0 then
    local day, number = tally(key)
    redis.call('HSET', key, 'day', day, 'count', number + 1)
    redis.call('PEXPIRE', key, 2 * DAY)
  else
    redis.call('RPUSH', key, math.max(now, last(key)))
    redis.call('PEXPIRE', key, 2 * length)
  end
end

local allowed, usages = true, {}
for n, key in ipairs(KEYS) do
  local limit, length = tonumber(ARGV[2 * n + 1]), tonumber(ARGV[2 * n + 2])
  if length > 0 then
    forget(key, length)
  end
  usages[n] = usage(key, limit, length)
  allowed = allowed and usages[n][1] < limit
end
if allowed and count then
  for n, key in ipairs(KEYS) do
    local limit, length = tonumber(ARGV[2 * n + 1]), tonumber(ARGV[2 * n + 2])
    add(key, length)
    usages[n] = usage(key, limit, length)
  end
end
return {allowed and 1 or 0, usages}
