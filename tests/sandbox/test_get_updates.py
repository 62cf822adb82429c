"""getUpdates: what is confirmed, what is repeated, who is turned away."""

import asyncio
from pathlib import Path

from tests.support.chat.telegram import Telegram


def texts(updates: list[dict[str, dict[str, str]]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_repeat_until_a_higher_offset_confirms_them(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    for word in ("раз", "два", "три"):
        await anna.send(word)

    first = await telegram.call("getUpdates", limit=2)
    again = await telegram.call("getUpdates", limit=2)
    assert texts(first) == texts(again) == ["раз", "два"]

    rest = await telegram.call("getUpdates", offset=first[-1]["update_id"] + 1)
    assert texts(rest) == ["три"]
    assert texts(await telegram.call("getUpdates")) == ["три"]
    assert await telegram.call("getUpdates", offset=rest[-1]["update_id"] + 1) == []


async def test_a_negative_offset_forgets_all_but_the_last(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    for word in ("раз", "два", "три"):
        await anna.send(word)
    assert texts(await telegram.call("getUpdates", offset=-1)) == ["три"]
    assert texts(await telegram.call("getUpdates")) == ["три"]


async def test_a_call_brings_at_most_a_hundred(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    for number in range(105):
        await anna.send(str(number))
    assert len(await telegram.call("getUpdates", limit=500)) == 100


async def test_long_polling_answers_the_moment_something_happens(telegram: Telegram) -> None:
    waiting = asyncio.create_task(telegram.call("getUpdates", timeout=30))
    await telegram.call("getMe")
    await telegram.person("Борис").send("я тут")
    assert texts(await asyncio.wait_for(waiting, 5)) == ["я тут"]


async def test_a_second_poller_ends_the_first(telegram: Telegram) -> None:
    first = asyncio.create_task(telegram.refusal("getUpdates", timeout=30))
    await telegram.sandbox.box.updates.polled.wait()
    second = asyncio.create_task(telegram.call("getUpdates", timeout=30))
    assert (await first).startswith("409 Conflict: terminated by other getUpdates request")
    await telegram.person("Борис").send("я тут")
    assert texts(await second) == ["я тут"]


async def test_allowed_updates_are_remembered(telegram: Telegram) -> None:
    anna = telegram.person("Анна")
    await telegram.call("getUpdates", allowed_updates=["edited_message"])
    sent = await anna.send("опечатка")
    await anna.edit(sent["message_id"], "правка")
    found = await telegram.call("getUpdates")
    assert [set(update) - {"update_id"} for update in found] == [{"edited_message"}]

    await telegram.call("getUpdates", offset=found[-1]["update_id"] + 1, allowed_updates=[])
    await anna.send("снова слышно")
    assert texts(await telegram.call("getUpdates")) == ["снова слышно"]


async def test_updates_are_kept_for_a_day(tmp_path: Path) -> None:
    now = [1_800_000_000.0]
    async with Telegram(tmp_path, clock=lambda: now[0]) as telegram:
        await telegram.person("Анна").send("вчера")
        now[0] += 24 * 3600 + 1
        await telegram.person("Анна").send("сегодня")
        assert texts(await telegram.call("getUpdates")) == ["сегодня"]
