"""A wallet moves in, and out again."""

from backend.cards.exchange.export_cards import exchange_cards
from backend.exchange.archive import write_archive
from backend.exchange.catima_link import write_catima_link
from backend.exchange.read import read_export
from backend.exchange.shapes import ExchangeCard
from backend.platform.context import Context
from models.card import Card
from tests.support.chat.files import documents
from tests.support.chat.telegram import Telegram
from tests.support.factory.customers import customer_of


def table(howmany: int, *bad: str) -> bytes:
    rows = [f"Магазин {n};{n:08d}" for n in range(1, howmany + 1)]
    return "\n".join(["название;номер", *rows, *bad]).encode()


async def test_250_cards_with_progress(telegram: Telegram, street: Context) -> None:
    """Борис has a lot of cards, and hears how far they are."""
    boris = telegram.person("Борис")
    await boris.start()
    await boris.until("С какого города")
    await boris.send_document("cards.csv", table(250, ";42", "Без номера;"))
    done = await boris.until("Перенёс 250 карт", timeout=60)
    told = [
        str(event["message"].get("text", "")) for event in boris.events if event["type"] == "edited"
    ]
    assert [line for line in told if "Переношу" in line] == [
        f"Переношу карты: {n} из 250" for n in range(25, 251, 25)
    ]
    assert "Строка 252" in done["text"]
    assert "Строка 253" in done["text"]
    assert await Card.all().count() == 250


async def test_out_and_back_in(telegram: Telegram, street: Context) -> None:
    """What Анна exports, with a password or without, brings the same cards to Борис."""
    anna, boris = telegram.person("Анна"), telegram.person("Борис")
    for person in (anna, boris):
        await person.start()
        await person.until("С какого города")
    await anna.send_document("cards.csv", table(7))
    await anna.until("Перенёс 7 карт")
    await anna.send("/settings")
    await anna.tap("Экспорт карт")
    await anna.until("Все карты одним файлом")
    await anna.tap("Для Catima с паролем")
    await anna.until("Придумайте пароль")
    sent = await anna.send("сезам-откройся")
    await anna.until("Файл выше")
    gone = [e["message_id"] for e in anna.events if e["type"] == "deleted"]
    assert sent["message_id"] in gone
    [archive] = (await documents(telegram, anna)).values()

    await boris.send_document("catima.zip", archive)
    await boris.until("Файл закрыт паролем")
    await boris.send("не тот")
    await boris.until("Пароль не подошёл")
    await boris.send("сезам-откройся")
    await boris.until("Перенёс 7 карт")

    hers = await customer_of(anna.id)
    his = await customer_of(boris.id)
    one, other = await exchange_cards(street, hers), await exchange_cards(street, his)
    assert [(c.name, c.number, c.barcode_value) for c in one] == [
        (c.name, c.number, c.barcode_value) for c in other
    ]


async def test_the_other_formats(telegram: Telegram, street: Context) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await anna.until("С какого города")
    await anna.send_document("cards.csv", table(3))
    await anna.until("Перенёс 3 карты")
    for label, suffix in (("Для Catima (ZIP)", "zip"), ("JSON", "json"), ("Таблица CSV", "csv")):
        await anna.send("/settings")
        await anna.tap("Экспорт карт")
        await anna.until("Все карты одним файлом")
        await anna.tap(label)
        await anna.until("Файл выше")
        found = await documents(telegram, anna)
        content = next(data for name, data in found.items() if name.endswith(suffix))
        assert len(read_export(content).cards) == 3


async def test_a_catima_link(telegram: Telegram, street: Context) -> None:
    """A friend shares one card."""
    anna = telegram.person("Анна")
    await anna.start()
    await anna.until("С какого города")
    link = write_catima_link(ExchangeCard("Пекарня", "12345678", "12345678"))
    await anna.send(link)
    await anna.until("Перенёс 1 карту")
    assert (await Card.get()).printed_number == "12345678"


async def test_files_that_once_stopped_the_bot(telegram: Telegram, street: Context) -> None:
    """A pass of escaped quotes and an amount of 700,000,000 places: answered like any other."""
    anna, boris = telegram.person("Анна"), telegram.person("Борис")
    for person in (anna, boris):
        await person.start()
        await person.until("С какого города")
    given = {
        "pass.json": b'{"organizationName": "ORG", "serialNumber": "1"}',
        "ru.lproj/pass.strings": b'"' + b'\\"' * 60_000,
    }
    await anna.send_document("card.pkpass", write_archive(given))
    await boris.send_document("cards.csv", b"name,number,balance\nX,1,1e-700000000\n")
    await anna.until("Перенёс 1 карту")
    await boris.until("Перенёс 1 карту")
