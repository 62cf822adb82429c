"""Анна mends an own card: it came from an import with the wrong barcode, number or name."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from backend.cards.pocket.add_external import add_external
from backend.cards.pocket.wallet import open_wallet_card
from backend.exchange.shapes import ExchangeCard
from backend.platform.context import Context
from models.barcode_format import BarcodeFormat
from models.card import Card
from models.wallet_entry import WalletEntry
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import barcode_on, get_card, picture_of
from tests.support.factory.customers import customer_of

NUMBER = "4600000000015"
Carry = Callable[[str, BarcodeFormat | None], Awaitable[int]]


@pytest.fixture
async def anna(telegram: Telegram, street: Context) -> Person:
    person = telegram.person("Анна")
    await person.start()
    await person.until("С какого города")
    return person


@pytest.fixture
def carry(street: Context, anna: Person) -> Carry:
    async def kept(number: str, barcode: BarcodeFormat | None) -> int:
        given = ExchangeCard(
            name="Пекарня", number=number, barcode_value=number, barcode_format=barcode,
            symbology="" if barcode else "CODE_93",
        )  # fmt: skip
        customer = await customer_of(anna.id)
        card, _ = await add_external(street, customer, given, "import")
        return int(card.id)

    return kept


async def opened(anna: Person, card_id: int) -> None:
    """The card's page, by a button of an old message."""
    await anna.send("/cards")
    await anna.until("Мои карты")
    await anna.tap(lambda button: button.get("callback_data") == f"card:{card_id}")
    await anna.until("Номер:")


def rows(person: Person) -> int:
    return len(person.screen["reply_markup"]["inline_keyboard"])


async def test_a_wrong_type_is_mended_in_three_taps(
    telegram: Telegram, anna: Person, carry: Carry
) -> None:
    card_id = await carry(NUMBER, BarcodeFormat.QR)
    await opened(anna, card_id)
    await anna.tap("Изменить")
    await anna.until("Выберите вид штрихкода")
    await anna.tap("EAN-13")
    shown = await anna.until("Сравните с пластиком")
    assert barcode_on(await picture_of(telegram, shown)) == NUMBER, "a live picture"
    assert (await Card.get(id=card_id)).barcode_format is BarcodeFormat.QR, "not kept yet"
    await anna.tap("Сохранить")
    shown = await anna.until(lambda _: "На весь экран" in str(anna.buttons))
    assert barcode_on(await picture_of(telegram, shown)) == NUMBER
    assert (await Card.get(id=card_id)).barcode_format is BarcodeFormat.EAN13


async def test_what_could_not_be_drawn_gets_a_barcode(anna: Person, carry: Carry) -> None:
    card_id = await carry("LC-2048", None)
    await opened(anna, card_id)
    assert "На весь экран" not in str(anna.buttons)
    await anna.tap("Изменить")
    await anna.tap("Code 128")
    await anna.until("Сравните с пластиком")
    await anna.tap("Сохранить")
    await anna.until(lambda screen: "На весь экран" in str(screen))
    assert (await WalletEntry.get(card_id=card_id)).undrawn == ""


async def test_a_type_that_cannot_carry_the_number_says_what_it_takes(
    anna: Person, carry: Carry
) -> None:
    card_id = await carry("LC-2048", BarcodeFormat.CODE128)
    await opened(anna, card_id)
    await anna.tap("Изменить")
    await anna.tap("EAN-13")
    await anna.until("13 цифр")
    assert "2000000012345" in anna.text, "with an example"
    assert "Сохранить" not in str(anna.buttons)
    await anna.tap("Номер")
    await anna.until("Введите номер")
    await anna.send("4600 0000 0001 5")
    await anna.until("Сравните с пластиком")
    await anna.tap("Сохранить")
    await anna.until(lambda screen: "На весь экран" in str(screen))
    card = await Card.get(id=card_id)
    assert (card.barcode_format, card.barcode_value) == (BarcodeFormat.EAN13, NUMBER)


async def test_a_number_that_cannot_be_drawn_is_kept_only_when_confirmed(
    anna: Person, carry: Carry
) -> None:
    card_id = await carry(NUMBER, BarcodeFormat.EAN13)
    await opened(anna, card_id)
    await anna.tap("Изменить")
    await anna.tap("Номер")
    await anna.until("Введите номер")
    await anna.send("7")
    await anna.until("от 2 до 128")
    await anna.send("Карта № 7")
    await anna.until("такой номер не записать")
    await anna.tap("Без штрихкода")
    await anna.until("Сохранить так?")
    assert (await Card.get(id=card_id)).printed_number == NUMBER
    await anna.tap("Сохранить без штрихкода")
    await anna.until("рисовать не умеем")
    assert (await Card.get(id=card_id)).printed_number == "Карта № 7"
    assert (await WalletEntry.get(card_id=card_id)).undrawn == "none"


async def test_a_second_tap_keeps_the_same_and_history_keeps_nothing_readable(
    street: Context, anna: Person, carry: Carry
) -> None:
    card_id = await carry(NUMBER, BarcodeFormat.EAN13)
    await opened(anna, card_id)
    await anna.tap("Изменить")
    await anna.tap("Название")
    await anna.until("Как назвать")
    await anna.send("Булочная на Речной")
    screen = await anna.until("Сравните с пластиком")
    keeps = [
        button["callback_data"]
        for row in screen["reply_markup"]["inline_keyboard"]
        for button in row
        if "Сохранить" in button["text"]
    ]
    # At once: after the first has changed the screen the button is gone.
    taps = [anna.tap_data(screen["message_id"], keeps[0]) for _ in range(2)]
    for done in await asyncio.gather(*taps):
        await anna.answered(done)
    customer = await customer_of(anna.id)
    assert (await open_wallet_card(street, customer, card_id)).name("ru") == "Булочная на Речной"
    assert await Card.filter(customer_id=customer.id).count() == 1


async def test_the_barcode_alone_and_the_page_with_four_rows(
    telegram: Telegram, anna: Person, street: Context
) -> None:
    await get_card(anna, "Лукоград")
    assert rows(anna) <= 4
    assert "Изменить" not in str(anna.buttons), "it is as it was issued"
    await anna.tap("На весь экран")
    shown = await anna.until(lambda screen: screen.get("caption", "") == "")
    assert anna.buttons == ["‹ К карте"]
    picture = await picture_of(telegram, shown)
    assert barcode_on(picture) == (await Card.get()).barcode_value
    await anna.tap("К карте")
    await anna.until("Номер:")
    await anna.tap("Ещё")
    await anna.until(lambda screen: "Заметка" in str(screen))
    for label in ("Предложения магазина", "Согласия и квитанция", "Поделиться", "В архив"):
        assert any(label in button for button in anna.buttons), label
