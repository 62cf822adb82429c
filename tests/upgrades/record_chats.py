"""Records chats: what an installation holds after people have walked through the bot, and every
button that they have been shown, for test_old_chats.py.

Each version records itself:

    PYTHONPATH=. python tests/upgrades/record_chats.py sqlite:///tmp/old.db chats.sql chats.json

The JSON is Telegram id → callback data, in the order
in which they were seen.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backend.platform.database import connect, disconnect
from backend.platform.migrate import migrate
from backend.platform.secrets.master_key import MasterKeys
from backend.platform.secrets.open_vault import open_vault
from backend.platform.settings import load_settings
from bot.run import run_bot
from models.barcode_format import BarcodeFormat
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.clock import StoppedClock
from tests.support.contexts import context
from tests.support.factory.brands import NAME, PHONE, make_account, make_offer, make_program
from tests.support.machine.running import OpenGate, in_background
from tests.support.pictures.plastic import plastic
from tests.upgrades.record import MASTER_KEY, told

# What would end the walk: shown, written down, not tapped while it is recorded.
ENDS = ("Удалить", "Отозвать", "удалить", "отозвать", "Убрать", "Отказаться", "Выйти")


async def live(url: str) -> dict[int, list[str]]:
    await migrate(url)
    await connect(url)
    clock = StoppedClock()
    ctx = context(await open_vault(MasterKeys(MASTER_KEY), clock()), clock)
    await shops()
    with tempfile.TemporaryDirectory() as folder:
        async with Telegram(Path(folder) / "telegram") as telegram:
            settings = load_settings(
                bot_token=telegram.token, bot_api_url=telegram.url, database_url=url,
                data_dir=Path(folder),
            )  # fmt: skip
            async with in_background(run_bot(settings, ctx, OpenGate())):
                seen = [await anna(telegram), await boris(telegram), await dina(telegram)]
    await disconnect()
    return dict(seen)


async def shops() -> None:
    account = await make_account()
    await make_offer(await make_program(account, fields=(NAME,), numbers=20))
    lotos = await make_program(account, "lotos-club", fields=(NAME, PHONE), numbers=20)
    await make_offer(lotos, "lotos")


async def anna(telegram: Telegram) -> tuple[int, list[str]]:
    """Has a card and an own one, and looks into every corner."""
    person = telegram.person("Анна")
    await begun(person)
    await applied(person, "romashka")
    await said(person, "Анна", "Проверьте ответы")
    await tapped(person, "Всё верно", "Согласия")
    await consented(person)
    await tapped(person, "Согласиться", "Карта готова")
    await person.send_photo(plastic((BarcodeFormat.QR, "HTTPS-NOBODY-0042")))
    await person.until("среди наших магазинов нет", timeout=30)
    await tapped(person, "Сохранить под своим названием", "Как назвать карту")
    await said(person, "Бассейн", "Бассейн")
    return person.id, await explored(telegram, person)


async def boris(telegram: Telegram) -> tuple[int, list[str]]:
    """Has answered the first of two questions."""
    person = telegram.person("Борис")
    await begun(person)
    await applied(person, "lotos")
    await said(person, "Борис", "номером телефона")
    return person.id, list(buttons_of(person))


async def dina(telegram: Telegram) -> tuple[int, list[str]]:
    """Stands before the consents with one of them ticked."""
    person = telegram.person("Дина")
    await begun(person)
    await applied(person, "romashka")
    await said(person, "Дина", "Проверьте ответы")
    await tapped(person, "Всё верно", "Согласия")
    await tapped(person, "☐ Персональные данные", "Согласия")
    return person.id, list(buttons_of(person))


async def begun(person: Person) -> None:
    await person.start()
    await tapped(person, "Вся Россия", "Предложения")


async def applied(person: Person, brand: str) -> None:
    await said(person, brand, "По запросу")
    await tapped(person, brand, "Каждый шестой")
    await tapped(person, "Выпустить карту", "Анкета")


async def consented(person: Person) -> None:
    while missing := [label for label in person.buttons if label.startswith("☐")]:
        await tapped(person, missing[0].removeprefix("☐ "), "Согласия")


async def tapped(person: Person, label: str, wanted: str) -> None:
    query = await person.tap(label)
    await person.answered(query, timeout=20)
    await person.until(wanted)
    await settled(person)


async def said(person: Person, words: str, wanted: str) -> None:
    await person.send(words)
    await person.until(wanted)
    await settled(person)


async def settled(person: Person) -> None:
    """Nothing has come for a moment: a recording is in no hurry."""
    before = -1
    while before != len(person.events):
        before = len(person.events)
        await asyncio.sleep(0.6)


async def explored(telegram: Telegram, person: Person) -> list[str]:
    """Every button of a new kind is tapped once, in a message of its own: most screens are edited
    in place, and their buttons are gone by the time that their turn comes."""
    kinds: set[str] = set()
    labels = buttons_of(person)
    while found := next((each for each in labels.items() if is_new(*each, kinds)), None):
        data, label = found
        kinds.add(kind_of(data))
        keyboard = {"inline_keyboard": [[{"text": label, "callback_data": data}]]}
        message = await telegram.call(
            "sendMessage", chat_id=person.id, text=label, reply_markup=keyboard
        )
        await person.answered(await person.tap_data(message["message_id"], data), timeout=20)
        await settled(person)
        labels |= buttons_of(person)
    return list(labels)


def is_new(data: str, label: str, kinds: set[str]) -> bool:
    return kind_of(data) not in kinds and not any(word in label for word in ENDS)


def kind_of(data: str) -> str:
    return data.partition(":")[0]


def buttons_of(person: Person) -> dict[str, str]:
    """Callback data → label of all that stood or stands in the chat."""
    found: dict[str, str] = {}
    for each in [*person.events, *person.messages]:
        found |= {data: label for data, label in callbacks(each) if data not in found}
    return found


def callbacks(part: Any) -> Iterator[tuple[str, str]]:
    """Wherever it stands in an event: a message new, edited or with new buttons."""
    if isinstance(part, dict):
        if isinstance(part.get("callback_data"), str):
            yield part["callback_data"], str(part["text"])
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from callbacks(each)


if __name__ == "__main__":
    seen = asyncio.run(live(sys.argv[1]))
    Path(sys.argv[2]).write_text(told(sys.argv[1]), encoding="utf-8")
    Path(sys.argv[3]).write_text(json.dumps(seen, indent=1) + "\n", encoding="utf-8")
