-- The slots of one bot, atomically: what pace_memory.py does in memory.
-- KEYS: 1 gate, 2 bot, 3 chat, if one is asked for.
-- ARGV: 1 what is asked, as JSON; 2 now in seconds ("" = the server's clock).
-- `bounds` of it: bulk, answers, burst and paid, each with most, least and lift.
local asked = cjson.decode(ARGV[1])
local bounds = asked.bounds
local now = tonumber(ARGV[2])
if not now then
  local time = redis.call('TIME')
  now = tonumber(time[1]) + tonumber(time[2]) / 1000000
end

local function stored(seconds) return string.format('%.6f', seconds) end
local function micros(seconds) return math.max(0, math.ceil(seconds * 1000000)) end
local function field(name) return tonumber(redis.call('HGET', KEYS[2], name)) end
local function set(...)
  redis.call('HSET', KEYS[2], ...)
  -- As long as what 429s have taught is worth.
  redis.call('EXPIRE', KEYS[2], 86400)
end
local function learned(name)
  local low, since, bound = field(name .. ':low'), field(name .. ':since'), bounds[name]
  if not low then return bound.most end
  return math.min(bound.most, low + (now - since) * bound.lift)
end
local function heard()
  return (field('heard') or 0) * math.exp((field('heard_at') or now) - now)
end
local shut = tonumber(redis.call('GET', KEYS[1]) or '0')
