-- Charges all buckets, or none if one is too full; counter.rs does the same in memory.
-- KEYS: the buckets. ARGV: now, 1 to count or 0 to peek, then three values per bucket: limit, length of
-- its window (0 for a UTC day) and amount of the charge. Times are milliseconds.
-- If now is empty, the clock of Redis is used: clocks of replicas differ, and a fast one would expire
-- the charges of the others too early.
-- Returns: 1 if allowed, the time used, and for each bucket its sum, when it has room and when it is
-- empty.
local DAY = 86400000
-- Number of slots of a window.
local SLOTS = 60
local now, count = tonumber(ARGV[1]), ARGV[2] == '1'
if not now then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

local function bucket(n)
  return KEYS[n], tonumber(ARGV[3 * n]), tonumber(ARGV[3 * n + 1]), tonumber(ARGV[3 * n + 2])
end

local function tally(key)
  local stored = redis.call('HMGET', key, 'day', 'count')
  local day, number = tonumber(stored[1] or 0), tonumber(stored[2] or 0)
  local today = math.floor(now / DAY)
  if day ~= today and day ~= today + 1 then
    day, number = today, 0
  end
  return day, number
end

-- A slot of a sliding window: the times of its first and last charge, their amount, and the sum of all
-- amounts up to it.
local function slot(key, place)
  local text = redis.call('LINDEX', key, place)
  if not text then
    return nil, nil, 0, 0
  end
  local first, last, amount, sum = string.match(text, '^(%d+):(%d+):(%d+):(%d+)$')
  return tonumber(first), tonumber(last), tonumber(amount), tonumber(sum)
end

local function held(key)
  local _, _, oldest, before = slot(key, 0)
  local _, _, _, sum = slot(key, -1)
  return sum - before + oldest
end

-- The last moment of the slot whose expiry leaves at most this much in the bucket.
local function left_at(key, most)
  local place, used = 0, held(key)
  local _, last, amount = slot(key, 0)
  while last do
    used = used - amount
    if used <= most then
      return last
    end
    place = place + 1
    _, last, amount = slot(key, place)
  end
  _, last = slot(key, -1)
  return last
end

local function usage(key, limit, length, amount)
  if length == 0 then
    local day, number = tally(key)
    return {number, (day + 1) * DAY, (day + 1) * DAY}
  end
  local used, room, empty = held(key), now, now
  local _, last = slot(key, -1)
  if last then
    empty = last + length
  end
  if used + amount > limit then
    room = (left_at(key, limit - amount) or now) + length
  end
  return {used, room, empty}
end

local function forget(key, length)
  local _, newest = slot(key, -1)
  if newest and newest > now + length then
    redis.call('DEL', key)
  end
  local _, last = slot(key, 0)
  while last and last <= now - length do
    redis.call('LPOP', key)
    _, last = slot(key, 0)
  end
end

local function add(key, length, amount)
  if length == 0 then
    local day, number = tally(key)
    redis.call('HSET', key, 'day', day, 'count', number + amount)
    redis.call('PEXPIRE', key, 2 * DAY)
    return
  end
  local first, last, had, sum = slot(key, -1)
  if first and now - first < math.floor(length / SLOTS) then
    local text = string.format('%.0f:%.0f:%.0f:%.0f', first, math.max(last, now), had + amount, sum + amount)
    redis.call('LSET', key, -1, text)
  else
    redis.call('RPUSH', key, string.format('%.0f:%.0f:%.0f:%.0f', now, now, amount, sum + amount))
  end
  redis.call('PEXPIRE', key, 2 * length)
end

local allowed, usages = true, {}
for n = 1, #KEYS do
  local key, limit, length, amount = bucket(n)
  if length > 0 then
    forget(key, length)
  end
  usages[n] = usage(key, limit, length, amount)
  allowed = allowed and usages[n][1] + amount <= limit
end
if allowed and count then
  for n = 1, #KEYS do
    local key, limit, length, amount = bucket(n)
    add(key, length, amount)
    usages[n] = usage(key, limit, length, amount)
  end
end
return {allowed and 1 or 0, now, usages}
