"""Анна asks what is held about her, has it all deleted, and comes back as somebody new."""

import asyncio
import json
from typing import Any

import pytest

from backend.customers.my_data.evidence import deleted_customers
from backend.customers.person.profile import PROFILE
from backend.platform.context import Context
from backend.platform.secrets.master_key import CannotOpen
from models.application import Application
from models.bot_chat import BotChat
from models.card import Card, CardStatus
from models.consent_record import ConsentAction, ConsentRecord
from models.consent_state import ConsentState
from models.contact import Contact
from models.customer import Customer
from models.identity import Identity
from models.outbox import OutboxEvent
from models.pool_number import NumberStatus, PoolNumber
from models.telegram_file import TelegramFile
from models.telegram_update import TelegramUpdate
from tests.support.chat.files import documents
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import get_card
from tests.support.factory.customers import customer_of


async def test_everything_held_comes_as_two_files(telegram: Telegram, street: Context) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await get_card(anna, "Лукоград", "Telegram")
    await anna.send("/settings")
    await anna.until("Настройки")
    await anna.tap("Мои данные")
    await anna.until("получить всё")
    await anna.tap("Скачать мои данные")
    await anna.until("Готово: два файла")

    files = await documents(telegram, anna)
    data: dict[str, Any] = json.loads(files["karman-my-data-2026-11-21.json"])
    card = await Card.get()
    assert data["identities"][0]["external_id"] == str(anna.id)
    assert data["person"]["answers"]["surname"] == "Ветрова"
    assert data["contacts"][0]["value"] == f"+{anna.phone_number.lstrip('+')}"
    assert [held["printed_number"] for held in data["cards"]] == [card.printed_number]
    answers = {held["action"] for held in data["consents"]}
    assert answers == {"granted"}
    texts = {held["id"]: held for held in data["consent_documents"]}
    assert all(texts[held["document"]]["text"] for held in data["consents"])
    assert data["chats"][0]["chat_id"] == anna.id
    page = files["karman-my-data-2026-11-21.html"].decode()
    for told in ("Ветрова", card.printed_number, data["consent_documents"][0]["sha256"]):
        assert told in page, told


async def delete_everything(anna: Person, taps: int = 1) -> None:
    """Through both questions; the last button may be tapped several times at once."""
    await anna.send("/deletemydata")
    await anna.until("Исчезнет навсегда")
    await anna.tap("Продолжить удаление")
    screen = await anna.until("Точно удалить всё")
    rows = screen["reply_markup"]["inline_keyboard"]
    yes = next(button for row in rows for button in row if "навсегда" in button["text"])
    at_once = [anna.tap_data(screen["message_id"], yes["callback_data"]) for _ in range(taps)]
    await asyncio.gather(*at_once)
    await anna.until("Ваши данные удалены")


async def _all_handled() -> None:
    """The last screen is seen before its update is ticked off."""
    async with asyncio.timeout(5):
        while await TelegramUpdate.filter(handled_at=None).exists():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_deletion_leaves_nobody_behind(telegram: Telegram, street: Context) -> None:
    anna = telegram.person("Анна")
    await anna.start("offer-1_poster")
    await get_card(anna, "Лукоград", "Telegram")
    before = await customer_of(anna.id)
    card = await Card.get(customer_id=before.id)
    await delete_everything(anna)

    left = await Customer.get()
    assert left.id == before.id
    assert (left.data_key, left.profile, left.city_id) == (None,) * 3
    assert not await Identity.exists()
    assert left.deleted_at is not None
    for table in (Contact, Application, BotChat):
        assert not await table.exists(), table
    assert not await TelegramFile.filter(chat_id=anna.id).exists()
    await _all_handled()
    for update in await TelegramUpdate.exclude(handled_at=None):
        assert (update.payload, update.lane) == (b"", 0)
    gone = await Card.get()
    assert gone.removed_at is not None
    number = await PoolNumber.get(program_id=card.program_id, printed_number=card.printed_number)
    assert number.status is NumberStatus.QUARANTINED
    told = await OutboxEvent.filter(kind="CustomerDeleted").get()
    assert told.payload["numbers"] == {str(card.program_id): card.printed_number}
    receipt = (await documents(telegram, anna))["karman-deletion-2026-11-21.html"].decode()
    assert "Отозванные согласия" in receipt
    assert "Ветрова" not in receipt


async def test_the_key_is_gone_for_good(telegram: Telegram, street: Context) -> None:
    """A copy of the sealed profile, from a backup of the customer's row, opens no more."""
    anna = telegram.person("Анна")
    await anna.start()
    await get_card(anna, "Лукоград")
    backup = (await customer_of(anna.id)).profile
    assert backup is not None
    await delete_everything(anna)
    after = await Customer.get()
    assert after.data_key is None
    for key in (street.vault.new_data_key(), *await _every_key()):
        with pytest.raises(CannotOpen):
            street.vault.open_json(key, backup, PROFILE.place)


async def _every_key() -> list[bytes]:
    return [bytes(key) for key in await Customer.exclude(data_key=None).values_list(
        "data_key", flat=True
    )]  # fmt: skip


async def test_consents_are_withdrawn_and_found_by_who_names_the_phone(
    telegram: Telegram, street: Context
) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await get_card(anna, "Лукоград", "Telegram")
    await delete_everything(anna)
    assert not await ConsentState.filter(granted=True).exists()
    records = await ConsentRecord.all().order_by("id")
    assert [record.action for record in records[:3]] == [ConsentAction.GRANTED] * 3
    assert {record.action for record in records[3:]} == {ConsentAction.WITHDRAWN}
    assert {record.how for record in records[3:]} == {"bot:delete_my_data"}
    phone = f"+{anna.phone_number.lstrip('+')}"
    assert [found.id for found in await deleted_customers(street, "phone", phone)] == [
        records[0].customer_id
    ]
    assert await deleted_customers(street, "phone", "+79990001122") == []


async def test_two_taps_at_once_delete_once_and_make_nobody(
    telegram: Telegram, street: Context
) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await get_card(anna, "Лукоград")
    await delete_everything(anna, taps=2)
    await anna.until(lambda screen: _receipts(anna) == 2)
    await _all_handled()
    assert await Customer.all().count() == 1
    assert not await BotChat.exists()
    assert await OutboxEvent.filter(kind="CustomerDeleted").count() == 1
    assert await ConsentRecord.filter(action=ConsentAction.WITHDRAWN).count() == 2


def _receipts(person: Person) -> int:
    return sum("document" in message for message in person.messages)


async def test_who_comes_back_is_somebody_new(telegram: Telegram, street: Context) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await get_card(anna, "Лукоград")
    first = await Card.get()
    await delete_everything(anna)
    await anna.tap("Начать заново")
    await anna.until(lambda screen: "удалены" not in str(screen.get("text")))
    await get_card(anna, "Лукоград")
    second = await Card.exclude(id=first.id).get()
    assert second.customer_id != first.customer_id
    assert second.printed_number != first.printed_number
    assert second.status is CardStatus.ACTIVE
