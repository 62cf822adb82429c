"""429: globally, per chat, per group, and the penalty that shuts everything."""

from pathlib import Path

from bot.sandbox.limits import Limits
from tests.support.chat.telegram import Telegram


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


async def accepted(telegram: Telegram, chat_ids: list[int]) -> int:
    """How many of these messages are accepted."""
    answers = [await telegram.ask("sendMessage", chat_id=chat_id, text="x") for chat_id in chat_ids]
    return sum(answer["ok"] for answer in answers)


async def test_a_chat_takes_a_short_burst_and_then_one_a_second(tmp_path: Path) -> None:
    clock = Clock()
    async with Telegram(tmp_path, limits=Limits(chat_burst=3), clock=clock) as telegram:
        anna, boris = telegram.person("Анна"), telegram.person("Борис")
        await anna.start()
        await boris.start()
        assert await accepted(telegram, [anna.id] * 5) == 3
        refused = await telegram.ask("sendMessage", chat_id=anna.id, text="x")
        assert refused == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        }
        assert await accepted(telegram, [boris.id]) == 1
        clock.now += 1
        assert await accepted(telegram, [anna.id] * 2) == 1


async def test_all_chats_together(tmp_path: Path) -> None:
    clock = Clock()
    async with Telegram(tmp_path, limits=Limits(), clock=clock) as telegram:
        people = [telegram.add_person(f"Гость {number}") for number in range(40)]
        for person in people:
            await person.start()
        assert await accepted(telegram, [person.id for person in people]) == 30
        clock.now += 0.125
        assert await accepted(telegram, [person.id for person in people[30:]]) == 3


async def test_twenty_a_minute_to_a_group(tmp_path: Path) -> None:
    clock = Clock()
    async with Telegram(tmp_path, limits=Limits(), clock=clock) as telegram:
        group = await telegram.group("Семья", telegram.person("Анна"))
        assert await accepted(telegram, [group] * 25) == 20
        clock.now += 60
        assert await accepted(telegram, [group] * 25) == 20


async def test_an_album_counts_for_each_of_its_pictures(tmp_path: Path) -> None:
    clock = Clock()
    async with Telegram(tmp_path, limits=Limits(chat_burst=3), clock=clock) as telegram:
        anna = telegram.person("Анна")
        await anna.start()
        media = [{"type": "photo", "media": "x"}] * 2
        assert await accepted(telegram, [anna.id] * 2) == 2
        refused = await telegram.ask("sendMediaGroup", chat_id=anna.id, media=media)
        assert refused["error_code"] == 429


async def test_the_penalty_refuses_everybody_until_it_is_over(tmp_path: Path) -> None:
    clock = Clock()
    limits = Limits(chat_burst=1, penalty=True)
    async with Telegram(tmp_path, limits=limits, clock=clock) as telegram:
        anna, boris = telegram.person("Анна"), telegram.person("Борис")
        await anna.start()
        await boris.start()
        assert await accepted(telegram, [anna.id, anna.id, boris.id]) == 1
        clock.now += 1
        assert await accepted(telegram, [boris.id, anna.id]) == 2
        assert telegram.sandbox.box.gate.refused == 2


async def test_edits_count_in_their_chat_and_nowhere_else(tmp_path: Path) -> None:
    """Beside the new messages of the chat, but not among all that are sent."""
    clock = Clock()
    limits = Limits(per_second=1, burst=4, chat_burst=3)
    async with Telegram(tmp_path, limits=limits, clock=clock) as telegram:
        people = [telegram.person(name) for name in ("Анна", "Борис", "Carol")]
        screens = []
        for person in people:
            await person.start()
            sent = await telegram.call("sendMessage", chat_id=person.id, text="0")
            screens.append({"chat_id": person.id, "message_id": sent["message_id"]})
        for screen in screens:
            for text in ("1", "2"):
                await telegram.call("editMessageText", text=text, **screen)
        refused = await telegram.ask("editMessageText", text="3", **screens[0])
        assert refused["error_code"] == 429
        assert await accepted(telegram, [people[0].id]) == 0
        clock.now += 1
        await telegram.call("editMessageText", text="3", **screens[0])


async def test_a_penalty_refuses_every_method_and_taps_are_counted_nowhere(tmp_path: Path) -> None:
    clock = Clock()
    limits = Limits(chat_burst=1, penalty=True)
    async with Telegram(tmp_path, limits=limits, clock=clock) as telegram:
        anna = telegram.person("Анна")
        await anna.start()
        yes = {"inline_keyboard": [[{"text": "Да", "callback_data": "yes"}]]}
        await telegram.call("sendMessage", chat_id=anna.id, text="Берём?", reply_markup=yes)
        for _ in range(40):
            query = await anna.tap("Да")
            await telegram.call("answerCallbackQuery", callback_query_id=query)
            await telegram.call("sendChatAction", chat_id=anna.id, action="typing")
        assert await accepted(telegram, [anna.id]) == 0
        query = await anna.tap("Да")
        refused = await telegram.ask("answerCallbackQuery", callback_query_id=query)
        assert refused["parameters"] == {"retry_after": 1}
        assert (await telegram.ask("getMe"))["error_code"] == 429
        assert len(await telegram.call("getUpdates")) > 40
        clock.now += 1
        await telegram.call("answerCallbackQuery", callback_query_id=query)
