"""Around the handlers: who is let in, what is said when it breaks, and the way in."""

import asyncio

import pytest
from aiogram import Router
from aiogram.types import CallbackQuery, InlineQuery, Message
from structlog.testing import capture_logs

from backend.platform.database import rows
from bot.menu import COMMANDS
from bot.screens.screen import Button, Screen
from bot.visitor import Visitor
from models.bot_chat import BotChat
from models.customer import Customer
from models.outbox import OutboxEvent
from models.refusal import Code, Refusal
from models.telegram_update import TelegramUpdate
from tests.bot.conftest import Toy
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.factory.customers import blocked_at, customer_of
from tests.support.machine.waiting import until, until_logged


def greeting() -> Router:
    router = Router()

    @router.message()
    async def greet(event: Message, visitor: Visitor) -> Screen:
        return Screen(f"Вы пришли из «{visitor.source}»", ((Button("ещё", tap="more"),),))

    @router.callback_query()
    async def more(event: CallbackQuery, visitor: Visitor) -> Screen:
        raise Refusal(Code.POOL_EMPTY)

    return router


async def handled(count: int) -> None:
    async def all_of_them() -> bool:
        return await TelegramUpdate.exclude(handled_at=None).count() >= count

    await until(all_of_them, f"{count} handled updates")


async def test_the_first_word_makes_a_customer_with_the_source_of_the_link(
    telegram: Telegram, toy: Toy
) -> None:
    anna, carol = telegram.person("Анна"), telegram.person("Carol")
    async with toy.running(greeting()):
        await anna.start("o12-instagram")
        await anna.until("из «instagram»")
        await anna.start("o12-billboard")
        await anna.until("из «billboard»")
        await carol.start()
        await carol.until("из «»")

    customer = await customer_of(anna.id)
    assert (customer.language, customer.source) == ("ru", "instagram")
    assert (await customer_of(carol.id)).language == "en"
    joined = await OutboxEvent.filter(kind="CustomerJoined").order_by("id")
    assert [event.payload["customer_id"] for event in joined] == [
        customer.id,
        customer.id + 1,
    ]


async def test_a_refusal_is_a_screen(telegram: Telegram, toy: Toy) -> None:
    anna = telegram.person("Анна")
    async with toy.running(greeting()):
        await anna.start()
        await anna.tap("ещё")
        await anna.until("Свободные номера закончились")

    assert "🏠 Главная" in anna.buttons
    assert (await TelegramUpdate.all().order_by("-id").first()).error == ""  # type: ignore[union-attr]


async def test_a_bug_is_logged_and_the_person_gets_a_polite_answer(
    telegram: Telegram, toy: Toy
) -> None:
    anna = telegram.person("Анна")
    router = Router()

    @router.message()
    async def broken(event: Message) -> Screen:
        raise ZeroDivisionError

    with capture_logs() as said:
        async with toy.running(router):
            await anna.start()
            await anna.until("Что-то сломалось", timeout=15)
            assert anna.buttons == ["🏠 Главная"]

    failed = [line for line in said if line["event"] == "an update could not be handled"]
    assert len(failed) == 4
    assert all(isinstance(line["exc_info"], ZeroDivisionError) for line in failed)
    row = await TelegramUpdate.get()
    assert row.handled_at is not None
    assert row.error.startswith("ZeroDivisionError at test_runtime.py")


async def test_in_a_group_only_commands_are_answered_and_nobody_is_met(
    telegram: Telegram, toy: Toy
) -> None:
    anna, boris = telegram.person("Анна"), telegram.person("Борис")
    async with toy.running(greeting()):
        group = await telegram.group("Семья", anna, boris)
        await anna.send("всем привет", chat_id=group)
        await anna.send("/cards@somebody_else_bot", chat_id=group)
        await boris.send("/cards@karman_sandbox_bot", chat_id=group)
        page = await telegram.page("GET", f"/sandbox/people/{anna.id}/chats/{group}")
        async with asyncio.timeout(5):
            while not any("inline_keyboard" in m.get("reply_markup", {}) for m in page["messages"]):
                await asyncio.sleep(0.02)
                page = await telegram.page("GET", f"/sandbox/people/{anna.id}/chats/{group}")

    answers = [m for m in page["messages"] if m.get("from", {}).get("is_bot")]
    assert [answer["text"] for answer in answers] == [
        "Карты — дело личное. Напишите мне в личные сообщения, и я всё покажу."
    ]
    assert await Customer.all().count() == 0


async def test_blocking_and_coming_back(telegram: Telegram, toy: Toy) -> None:
    anna = telegram.person("Анна")
    async with toy.running(greeting()):
        await anna.start()
        await anna.until("Вы пришли")
        await anna.block()
        await handled(2)
        assert await blocked_at(await Customer.get()) == toy.ctx.clock()

        await anna.start("o1-comeback")
        await anna.until("из «comeback»")
        assert await blocked_at(await Customer.get()) is None


async def test_a_person_who_blocks_while_we_answer_is_no_error(
    telegram: Telegram, toy: Toy
) -> None:
    anna = telegram.person("Анна")
    router = Router()

    @router.message()
    async def late(event: Message) -> Screen:
        await anna.block()
        return Screen("поздно")

    async with toy.running(router):
        await anna.send("привет")
        await handled(2)

    assert await blocked_at(await Customer.get()) is not None
    assert {row.error for row in await TelegramUpdate.all()} == {""}


async def test_searching_inline_is_not_joining(telegram: Telegram, toy: Toy) -> None:
    carol = telegram.person("Carol")
    router = Router()
    known: list[tuple[bool, str]] = []

    @router.inline_query()
    async def search(event: InlineQuery, visitor: Visitor) -> None:
        known.append((visitor.known, visitor.language))
        await event.answer([], cache_time=0, is_personal=True)

    async with toy.running(router):
        await carol.inline("coffee")

    assert known == [(False, "en")]
    assert await Customer.all().count() + await BotChat.all().count() == 0


async def test_commands_and_descriptions_are_set_per_language(telegram: Telegram, toy: Toy) -> None:
    async with toy.running(greeting()):
        await telegram.person("Анна").start()
        await handled(1)

    for code, cards in (("ru", "Мои карты"), ("en", "My cards"), ("", "My cards")):
        scope = {"type": "all_private_chats"}
        commands = await telegram.call("getMyCommands", scope=scope, language_code=code)
        names = [command["command"] for command in commands]
        assert {"start", "cards", "offers", "settings", "privacy", "help"} <= set(names)
        assert names == list(COMMANDS)
        assert commands[1]["description"] == cards
    description = await telegram.call("getMyDescription", language_code="ru")
    assert description["description"].startswith("Карман хранит")


async def test_while_the_database_is_away_updates_wait(telegram: Telegram, toy: Toy) -> None:
    anna = telegram.person("Анна")
    async with toy.running(greeting()):
        await anna.start()
        await anna.until("Вы пришли")
        await rows("ALTER TABLE telegram_updates RENAME TO away")
        with capture_logs() as said:
            await anna.start("o1-later")
            await until_logged(said, "updates cannot be fetched")
        await rows("ALTER TABLE away RENAME TO telegram_updates")
        await anna.until("из «later»", timeout=15)


async def test_a_webhook_brings_updates_too(
    telegram: Telegram, toy: Toy, unused_tcp_port: int
) -> None:
    anna = telegram.person("Анна")
    address = f"127.0.0.1:{unused_tcp_port}"
    settings = toy.settings.model_copy(
        update={"webhook_url": f"http://{address}/from-telegram", "webhook_listen": address}
    )
    async with Toy(settings, toy.ctx, toy.bot).running(greeting()):
        await anna.start("o1-webhook")
        await anna.until("из «webhook»", timeout=15)
        await say_all(anna, 5)

    info = await telegram.call("getWebhookInfo")
    assert info["url"] == f"http://{address}/from-telegram"
    assert await TelegramUpdate.filter(handled_at=None).count() == 0


async def say_all(person: Person, count: int) -> None:
    for number in range(count):
        await person.send(str(number))
    await until(lambda: sum(not m["mine"] for m in person.messages) > count)


@pytest.fixture
def unused_tcp_port() -> int:
    from tests.support.machine.servers import free_port

    return free_port()
