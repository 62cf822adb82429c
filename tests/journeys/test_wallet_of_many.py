"""Анна carries 250 cards and finds each; one of them becomes a real one."""

from io import BytesIO

from PIL import Image

from backend.cards.pocket.add_external import add_external
from backend.cards.pocket.wallet import wallet_in_order
from backend.exchange.shapes import ExchangeCard
from backend.platform.context import Context
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.customer import Customer
from models.wallet_entry import WalletEntry
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import agree, fill, get_card
from tests.support.factory.customers import customer_of


async def carry(ctx: Context, customer: Customer, name: str, number: str) -> None:
    given = ExchangeCard(
        name=name,
        number=number,
        barcode_value=number,
        barcode_format=BarcodeFormat.CODE128,
        symbology="CODE_128",
    )
    await add_external(ctx, customer, given)


async def newcomer(telegram: Telegram) -> tuple[Person, Customer]:
    anna = telegram.person("Анна")
    await anna.start()
    await anna.until("С какого города")
    return anna, await customer_of(anna.id)


async def test_250_cards_are_paged_found_and_kept_in_order(
    telegram: Telegram, street: Context
) -> None:
    anna, customer = await newcomer(telegram)
    for number in range(249):
        await carry(street, customer, f"Лавка {number}", f"77{number:06d}")
    await carry(street, customer, "Ёлкин дом", "99004821")
    await anna.send("/cards")
    await anna.until("Мои карты")
    assert any("1/32" in label for label in anna.buttons)
    await anna.tap("›")
    await anna.until(lambda s: "Лавка 8 " in str(s))
    await anna.tap("Найти карту")
    await anna.until("последние цифры")
    await anna.send("4821")
    await anna.until("нашлось карт: 1")
    await anna.tap("Ёлкин дом")
    await anna.until(lambda s: bool(s.get("photo")))
    assert "Ёлкин дом" in anna.text
    await anna.tap("В избранное")
    await anna.until(lambda s: "Из избранного" in str(s))
    await anna.tap("Главная")
    await anna.until("Карман")
    assert "Ёлкин дом" in anna.buttons[0], "two taps from anywhere"

    await anna.tap("Ёлкин дом")
    await anna.until(lambda s: bool(s.get("photo")))
    await anna.tap("Ещё")
    await anna.until(lambda s: "Заметка" in str(s))
    await anna.tap("Заметка")
    await anna.until("Напишите заметку")
    await anna.send("На день рождения −15 %")
    await anna.until("−15 %")
    await anna.tap("Срок")
    await anna.until("До какого дня")
    await anna.send("скоро")
    await anna.until("не похоже")
    await anna.send("31.12.2026")
    await anna.until("осталось 40 дней")
    await anna.tap("Фото лицевой стороны")
    await anna.until("Пришлите фото")
    photo = BytesIO()
    Image.new("RGB", (320, 200), "navy").save(photo, "JPEG")
    await anna.send_photo(photo.getvalue())
    await anna.until(lambda s: "🖼 Лицевая сторона" in str(s))
    await anna.tap("🖼 Лицевая сторона")
    await anna.until("лицевая сторона")
    await anna.tap("Удалить фото")
    await anna.until(lambda s: "Фото лицевой стороны" in str(s))

    found = await anna.inline("елкин")
    assert "Ёлкин дом" in str(found["results"][0]), "alone with the bot, the own cards"


async def test_what_is_near_me(telegram: Telegram, street: Context) -> None:
    anna, customer = await newcomer(telegram)
    for number in range(6):
        await carry(street, customer, f"Лавка {number}", f"77{number:06d}")
    await get_card(anna, "Лукоград")
    await anna.send("/cards")
    await anna.until("Мои карты")
    await anna.tap("Рядом со мной")
    await anna.until("Мы его не храним")
    await anna.press("геопозицию")
    await anna.until("Рядом с вами")
    assert "Лукоград" in anna.text
    assert " км" in anna.text


async def test_an_external_card_of_a_brand_that_has_joined(
    telegram: Telegram, street: Context
) -> None:
    anna, customer = await newcomer(telegram)
    await carry(street, customer, "лукоград", "2910001000207")
    await anna.send("/cards")
    await anna.until("Мои карты")
    await anna.tap("лукоград")
    await anna.until(lambda s: bool(s.get("photo")))
    await anna.tap("теперь в Кармане")
    await fill(anna)
    await agree(anna)
    await anna.until("Карта в кармане")
    real = await Card.get(origin=CardOrigin.DUPLICATED)
    assert real.barcode_value == "2910001000207"
    assert real.barcode_format is BarcodeFormat.CODE128, "as it is on the plastic"
    assert len(await wallet_in_order(street, customer)) >= 1
    assert await WalletEntry.filter(customer_id=customer.id).count() >= 1
