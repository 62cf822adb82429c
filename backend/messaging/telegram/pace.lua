-- Reserve a slot of the bot and of one chat, atomically, by the server's clock.
-- KEYS: 1 gate, 2 bot, 3 chat ("" = none is asked for).
-- ARGV: 1 bot interval, 2 chat interval, 3 chat burst, 4 cost; intervals in microseconds.
-- Returns {"shut" | "chat" | "go", microseconds to wait}.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local function keep(key, at)
  redis.call('SET', key, string.format('%.0f', at), 'PX', math.ceil((at - now) / 1000) + 1000)
end

local shut = tonumber(redis.call('GET', KEYS[1]) or '0')
if shut > now then return {'shut', shut - now} end

local cost = tonumber(ARGV[4])
local bot_at = math.max(now, tonumber(redis.call('GET', KEYS[2]) or '0'))
if KEYS[3] then
  local interval = tonumber(ARGV[2])
  local free = tonumber(redis.call('GET', KEYS[3]) or '0')
  keep(KEYS[3], math.max(now, free) + cost * interval)
  local chat_at = math.max(now, free - (tonumber(ARGV[3]) - 1) * interval)
  if chat_at > bot_at then return {'chat', chat_at - now} end
end
keep(KEYS[2], bot_at + cost * tonumber(ARGV[1]))
return {'go', bot_at - now}
