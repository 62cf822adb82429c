"""Messages that an earlier version wrote down with Telegram's callback data leave with the same
buttons; what has left already is not touched."""

import json

import pytest

from backend.messaging.action import parse_action
from backend.messaging.telegram.spelling import callback_data
from backend.platform.migrate import migrate
from tests.support.database.filling import Database

TAPS = ("card:17", "cjoin:18", "offer:3", "adoff:4:telegram", "conts", "ctem")
_MESSAGE = """
INSERT INTO messages (id, once, customer_id, purpose, kind, data, body, created_at)
SELECT {id}, 'old:{id}', min(id), 'service', 'welcome-card', '{data}', '',
    '2026-01-01 10:00:00+00:00'
FROM customers
"""
_DELIVERY = """
INSERT INTO deliveries (id, message_id, channel, state, attempts, provider_id, reason, cost_kopecks,
    created_at, changed_at)
VALUES ({id}, {id}, 'telegram', '{state}', 0, '', '', 0, '2026-01-01 10:00:00+00:00',
    '2026-01-01 10:00:00+00:00')
"""


def old(number: int, tap: str, state: str = "") -> list[str]:
    """A message as it was written down, and its delivery if there is one yet."""
    data = json.dumps({"brand": "Кофе", "button": {"tap": tap}}, ensure_ascii=False)
    made = [_MESSAGE.format(id=number, data=data)]
    return [*made, _DELIVERY.format(id=number, state=state)] if state else made


async def data_of(database: Database, number: int) -> dict[str, object]:
    data = (await database.ask([f"SELECT data FROM messages WHERE id = {number}"]))[0]["data"]
    told: dict[str, object] = json.loads(data)
    return told


@pytest.mark.slow
@pytest.mark.sample("sqlite")
async def test_what_waits_keeps_its_button(blank_database_url: str) -> None:
    database = Database(blank_database_url)
    await migrate(blank_database_url, last="0024_facts")
    await database.fill(1)
    states = ("queued", "sending", "")
    waiting = [(100 + n, tap, states[n % 3]) for n, tap in enumerate(TAPS)]
    made = [line for number, tap, state in waiting for line in old(number, tap, state)]
    await database.ask([*made, *old(200, "card:9", "delivered"), "SELECT 1"])
    for _ in range(2):
        await migrate(blank_database_url)
    for number, tap, _ in waiting:
        data = await data_of(database, number)
        action = parse_action(str(data.pop("action")))
        assert action is not None
        assert callback_data(action) == tap
        assert data == {"brand": "Кофе"}
    assert await data_of(database, 200) == {"brand": "Кофе", "button": {"tap": "card:9"}}
