-- Follows pace.lua. KEYS from 3 on: private chats, one new message of a campaign or a notice each.
-- Asked: interval of a chat, paid. Returns {1, microseconds} when shut, else {0, microseconds to the first
-- slot, microseconds between slots, of each chat how many it must wait first: those take no slot}.
if shut > now then return {1, micros(shut - now), 0} end

local lane = asked.paid and 'paid' or 'bulk'
local at = math.max(now, field(lane .. '_at') or 0)
local every, burst, taken = 1 / learned(lane), learned('burst'), 0
local answer = {0, micros(at - now), micros(every)}
for n = 3, #KEYS do
  local free = tonumber(redis.call('GET', KEYS[n]) or '0')
  local chat_at = math.max(now, free - (burst - 1) * asked.interval)
  if chat_at > at then
    answer[#answer + 1] = micros(chat_at - now)
  else
    local till = math.max(now, free) + asked.interval
    redis.call('SET', KEYS[n], stored(till), 'PX', math.ceil((till - now) * 1000) + 60000)
    answer[#answer + 1] = 0
    taken = taken + 1
  end
end
if taken > 0 then set(lane .. '_at', stored(at + taken * every)) end
return answer
