-- Follows pace.lua. Asked: seconds; kept; learn, new, paid; interval of the chat.
local function lower(name, used)
  local bound = bounds[name]
  if used <= bound.least then return false end
  local low = math.max(bound.least, math.min(used, learned(name)) * asked.kept)
  set(name .. ':low', stored(low), name .. ':since', stored(now))
  return true
end

if asked.learn and shut <= now then
  local blamed = lower('answers', heard())
  if KEYS[3] then
    local free = tonumber(redis.call('GET', KEYS[3])) or now
    blamed = lower('burst', (free - now) / asked.interval) or blamed
  end
  local rest = asked.paid and 'paid' or 'bulk'
  if not blamed and asked.new then lower(rest, learned(rest)) end
end
local till = now + asked.seconds
if till > shut then
  redis.call('SET', KEYS[1], stored(till), 'PX', math.ceil(asked.seconds * 1000) + 60000)
end
return 0
