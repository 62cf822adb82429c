-- GCRA in whole microseconds. KEYS[1]: the key's moment. ARGV: per second, burst, now or "".
local step = math.floor(1000000 / tonumber(ARGV[1]))
local whole = step * tonumber(ARGV[2])
local now
if ARGV[3] == "" then
  local time = redis.call("TIME")
  now = time[1] * 1000000 + time[2]
else
  now = math.floor(tonumber(ARGV[3]) * 1000000)
end
local owed = math.max((tonumber(redis.call("GET", KEYS[1])) or now) - now, 0)
if owed + step > whole then
  return {owed + step - whole, 0, owed}
end
local even = now + owed + step
redis.call("SET", KEYS[1], string.format("%.0f", even), "PX", math.ceil((owed + step) / 1000) + 1000)
return {0, math.floor((whole - owed - step) / step), owed + step}
