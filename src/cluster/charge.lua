-- Charges all buckets, or none if one is too full; counter.rs does the same in memory.
-- KEYS: the buckets. ARGV: now, 1 to count or 0 to look, then three of each bucket: limit, length of
-- its window (0 for a UTC day) and amount of the charge. Times are milliseconds.
-- Answers: 1 if allowed, and of each bucket how much it holds, when it has room and when it is empty.
local DAY = 86400000
local now, count = tonumber(ARGV[1]), ARGV[2] == '1'

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

-- A charge of a sliding window: its moment, its amount, and the sum of all amounts up to it.
local function charge(key, place)
  local text = redis.call('LINDEX', key, place)
  if not text then
    return nil, 0, 0
  end
  local moment, amount, sum = string.match(text, '^(%d+):(%d+):(%d+)$')
  return tonumber(moment), tonumber(amount), tonumber(sum)
end

local function held(key)
  local _, first, before = charge(key, 0)
  local _, _, sum = charge(key, -1)
  return sum - before + first
end

-- When the charge has left after which the bucket holds no more than this.
local function left_at(key, most)
  local place, used = 0, held(key)
  local moment, amount = charge(key, 0)
  while moment do
    used = used - amount
    if used <= most then
      return moment
    end
    place = place + 1
    moment, amount = charge(key, place)
  end
  return charge(key, -1)
end

local function usage(key, limit, length, amount)
  if length == 0 then
    local day, number = tally(key)
    return {number, (day + 1) * DAY, (day + 1) * DAY}
  end
  local used, room, empty = held(key), now, now
  local last = charge(key, -1)
  if last then
    empty = last + length
  end
  if used + amount > limit then
    room = (left_at(key, limit - amount) or now) + length
  end
  return {used, room, empty}
end

local function forget(key, length)
  local last = charge(key, -1)
  if last and last > now + length then
    redis.call('DEL', key)
  end
  local first = charge(key, 0)
  while first and first <= now - length do
    redis.call('LPOP', key)
    first = charge(key, 0)
  end
end

local function add(key, length, amount)
  if length == 0 then
    local day, number = tally(key)
    redis.call('HSET', key, 'day', day, 'count', number + amount)
    redis.call('PEXPIRE', key, 2 * DAY)
  else
    local last, _, sum = charge(key, -1)
    local moment = math.max(now, last or now)
    redis.call('RPUSH', key, string.format('%.0f:%.0f:%.0f', moment, amount, sum + amount))
    redis.call('PEXPIRE', key, 2 * length)
  end
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
return {allowed and 1 or 0, usages}
