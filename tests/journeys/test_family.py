"""Анна shares her card with Борис and with the family's group, and takes it back."""

import asyncio
import re

import pytest

from backend.customers.person.meet import in_telegram, whose
from backend.platform.context import Context
from models.card import Card
from tests.support.chat.person import Json, Person, words_of
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import barcode_on, get_card, picture_of
from tests.support.factory.customers import customer_of


@pytest.fixture
async def anna(telegram: Telegram, town: Context) -> Person:
    """With a card of «Лукоград»."""
    person = telegram.person("Анна")
    await person.start()
    await person.until("С какого города")
    await get_card(person, "Лукоград")
    return person


async def invite(anna: Person, button: str) -> str:
    """From the first screen; returns what follows `start=` or `startgroup=`."""
    await anna.send("/cards")
    await anna.until("Мои карты")
    await anna.tap("Лукоград")
    await anna.until(lambda screen: bool(screen.get("photo")))
    await anna.tap("Ещё")
    await anna.until(lambda screen: "Поделиться" in str(screen))
    await anna.tap("Поделиться картой")
    await anna.until("кому показана")
    await anna.tap(button)
    screen = await anna.until("карту «Лукоград»" if "👤" in button else "для группы")
    if "👤" in button:
        assert [each for each in anna.buttons if "Отправить" in each], "Telegram's own way to send"
        assert "https://t.me/share/url?url=https%3A%2F%2Ft.me%2F" in str(screen)
    found = re.search(r"start(?:group)?=(s[\w-]{32})", str(screen))
    assert found is not None, screen
    return found[1]


def photos(person: Person) -> list[Json]:
    return [message for message in person.messages if message.get("photo")]


async def gone(look: object, what: str) -> None:
    for _ in range(200):
        if not await look():  # type: ignore[operator]
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"still there: {what}")


async def test_boris_uses_annas_card_until_she_takes_it_back(
    telegram: Telegram, anna: Person
) -> None:
    payload = await invite(anna, "👤 Одному, и я вижу")
    boris = telegram.person("Борис")
    await boris.start(payload)
    await boris.until("карта другого человека")
    card = await Card.get()
    (picture,) = photos(boris)
    assert barcode_on(await picture_of(telegram, picture)) == card.barcode_value
    assert "Ветрова" not in words_of(picture), "nothing of the owner"
    assert (await customer_of(boris.id)).source == "", "the token is no source"

    vera = telegram.add_person("Вера")
    await vera.start(payload)
    await vera.until("уже открыл кто-то другой")

    await anna.tap("Назад")
    await anna.until("Борис")
    assert "открывали: сегодня" in anna.text
    await anna.tap("Закрыть доступ: 1")
    await anna.until("Пока никому")

    async def pictures() -> list[Json]:
        return photos(boris)

    await gone(pictures, "the picture in Борис's chat")
    await boris.tap("Показать ещё раз")
    await boris.until("больше не делится")


async def test_a_group_of_the_family(telegram: Telegram, anna: Person) -> None:
    boris = telegram.person("Борис")
    group = await telegram.group("Семья", anna, boris)
    payload = await invite(anna, "👥 Группе")
    name = (await telegram.call("getMe"))["username"]
    await anna.send(f"/start@{name} {payload}", chat_id=group)

    async def said() -> list[Json]:
        chat = await telegram.page("GET", f"/sandbox/people/{boris.id}/chats/{group}")
        return list(chat["messages"])

    async def seen(words: str, kind: str = "text") -> Json:
        for _ in range(200):
            for message in await said():
                if words in words_of(message) and kind in message and not message["mine"]:
                    return message
            await asyncio.sleep(0.05)
        raise AssertionError(f"no {words!r} in {await said()}")

    offered = await seen("доступна этой группе")
    data = offered["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    tap = {"chat_id": group, "message_id": offered["message_id"], "data": data}
    await telegram.page("POST", f"/sandbox/people/{boris.id}/tap", json=tap)
    shown = await seen("Лукоград", "photo")
    assert barcode_on(await picture_of(telegram, shown)) == (await Card.get()).barcode_value
    assert await whose(in_telegram(boris.id)) is None, "looking is not joining"

    await anna.tap("Назад")
    await anna.until("Семья")
    await anna.tap("Закрыть доступ: 1")
    await anna.until("Пока никому")

    async def pictures() -> list[Json]:
        return [message for message in await said() if "photo" in message]

    await gone(pictures, "the picture in the group")
    query = await telegram.page("POST", f"/sandbox/people/{boris.id}/tap", json=tap)
    told = await boris.answered(query["callback_query_id"])
    assert "больше не делится" in told["text"]
