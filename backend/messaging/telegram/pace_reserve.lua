-- Follows pace.lua. Asked: answer, paid, new, cost, interval and burst (0 = learned) of the chat, debt.
-- Returns {"shut" | "chat" | "go", microseconds to wait}.
if shut > now then return {'shut', micros(shut - now)} end

local lane = asked.answer and 'answers' or asked.paid and 'paid' or 'bulk'
local bot_at = math.max(now, field(lane .. '_at') or 0)
if KEYS[3] then
  local burst = asked.burst
  if burst == 0 then burst = learned('burst') end
  local free = tonumber(redis.call('GET', KEYS[3]) or '0')
  local taken = math.max(now, free) + asked.cost * asked.interval
  redis.call('SET', KEYS[3], stored(taken), 'PX', math.ceil((taken - now) * 1000) + 60000)
  local chat_at = math.max(now, free - (burst - 1) * asked.interval)
  if chat_at > bot_at then return {'chat', micros(chat_at - now)} end
end

local pause = asked.cost / learned('bulk')
if not asked.answer then
  set(lane .. '_at', stored(bot_at + asked.cost / learned(lane)))
  return {'go', micros(bot_at - now)}
end
set('answers_at', stored(bot_at + asked.cost / learned('answers')),
    'heard', stored(heard() + asked.cost), 'heard_at', stored(now))
if asked.new then
  local bulk_at = field('bulk_at') or 0
  local owed = math.min(math.max(now, bulk_at) + pause, now + asked.debt)
  if owed > bulk_at then set('bulk_at', stored(owed)) end
end
return {'go', micros(bot_at - now)}
