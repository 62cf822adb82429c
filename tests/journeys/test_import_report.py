"""A table out of a Russian Excel, and what its owner hears about it."""

from backend.platform.context import Context
from models.card import Card
from tests.support.chat.telegram import Telegram

TABLE = (
    "Магазин;Номер;Формат;Цвет\r\n"
    "Аптека;79161234567;;\r\n"
    "Лента;79161234567;;красный\r\n"
    "Пекарня;;;\r\n"
    "Магнит;7,89E+15;;\r\n"
    "Клуб;ABC123;code 93;\r\n"
).encode("windows-1251")


async def test_in_russian(telegram: Telegram, street: Context) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await anna.until("С какого города")
    await anna.send_document("cards.csv", TABLE)
    told = (await anna.until("Перенёс 3 карты"))["text"]
    assert "«Пекарня»: поле «номер» пустое" in told
    assert "«Магнит»: номер 7,89E+15 округлила таблица" in told
    assert "«Клуб»: Code 93 рисовать не умею" in told
    assert "пропустил цвет: красный" in told
    await anna.send_document("cards.csv", TABLE)
    told = (await anna.until("Новых карт нет"))["text"]
    assert "Уже были в кармане: 3 (Аптека, Лента, Клуб)" in told
    assert await Card.all().count() == 3


async def test_in_english(telegram: Telegram, street: Context) -> None:
    carol = telegram.person("Carol")
    await carol.start()
    await carol.until("Which city")
    await carol.send_document("cards.csv", TABLE)
    told = (await carol.until("3 cards moved"))["text"]
    assert "“Пекарня”: the number is missing" in told
    assert "“Клуб”: Code 93 is not drawn here" in told
    await carol.send_document("letter.txt", "Добрый день!".encode("windows-1251"))
    await carol.until("I do not understand this file")
    await carol.send_document("cards.csv", b"name,note\nA,b\n")
    await carol.until("no column “number”")
