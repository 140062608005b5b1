"""What the Redis server does in one step: each script touches keys of one tenant only.

A row is a value of the tenant's hash: eight bytes that name this state of it, then frames (a length
and an encoded row each) whose rows merged are the row. Writers mostly replace the value; where
another was quicker, they add a frame.
"""

MOST_BYTES = 64 * 1024  # a value longer than this is merged before it grows

# KEYS: rows, numbers of lessons learned beyond the floor, about. ARGV: number up to which all
# lessons are learned then, name of the new state, count of lessons, their numbers; of each row:
# field, name of the state it was made from, what replaces that, a frame to add to any other state.
LEARN = f"""
local upto, state, lessons = tonumber(ARGV[1]), ARGV[2], tonumber(ARGV[3])
local floor = tonumber(redis.call('HGET', KEYS[3], 'floor') or '0')
local known = {{}}
for i = 4, 3 + lessons do
  local number = tonumber(ARGV[i])
  if number <= floor or redis.call('ZSCORE', KEYS[2], ARGV[i]) then known[#known + 1] = number end
end
local fields = {{}}
for i = 4 + lessons, #ARGV, 4 do fields[#fields + 1] = ARGV[i] end
local values, changed = {{}}, {{}}
for first = 1, #fields, 1000 do
  local last = math.min(first + 999, #fields)
  local found = redis.call('HMGET', KEYS[1], unpack(fields, first, last))
  for i = first, last do
    local at = 4 * i + lessons
    local value = found[i - first + 1] or ''
    if string.sub(value, 1, 8) == ARGV[at + 1] then
      value = state .. ARGV[at + 2]
    elseif ARGV[at + 3] ~= '' and #value < {MOST_BYTES} then
      value = state .. string.sub(value, 9) .. ARGV[at + 3]
    else
      changed[#changed + 1] = fields[i]
      changed[#changed + 1] = value
    end
    values[#values + 1] = fields[i]
    values[#values + 1] = value
  end
end
if #known > 0 or #changed > 0 then return {{known, changed}} end
for first = 1, #values, 2000 do
  redis.call('HSET', KEYS[1], unpack(values, first, math.min(first + 1999, #values)))
end
for i = 4, 3 + lessons do
  if tonumber(ARGV[i]) > upto then redis.call('ZADD', KEYS[2], ARGV[i], ARGV[i]) end
end
if upto > floor then
  redis.call('HSET', KEYS[3], 'floor', ARGV[1])
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[1])
end
return {{known, changed}}
"""

# KEYS: rows. ARGV: name of the new state; of each row: field, name of the state it was made from,
# what replaces that (nothing: the row is dropped). Answers with the fields of which it is not so.
REPLACE = """
local changed = {}
for i = 2, #ARGV, 3 do
  local value = redis.call('HGET', KEYS[1], ARGV[i]) or ''
  if string.sub(value, 1, 8) ~= ARGV[i + 1] then
    changed[#changed + 1] = ARGV[i]
  elseif ARGV[i + 2] == '' then
    redis.call('HDEL', KEYS[1], ARGV[i])
  else
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[1] .. ARGV[i + 2])
  end
end
return changed
"""

# KEYS: mark. ARGV: where it moves, if it is not beyond that already.
MOVE = """
if tonumber(redis.call('GET', KEYS[1]) or '0') < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[1])
end
return redis.call('GET', KEYS[1])
"""
