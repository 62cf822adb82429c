"""Анна has never heard of Karman; some minutes later a till scans her card."""

from backend.customers.person.profile import read_profile
from backend.platform.context import Context
from models.application import Application
from models.card import Card, CardOrigin
from models.consent_record import ConsentRecord
from models.contact import Contact
from models.pool_number import NumberStatus, PoolNumber
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import agree, barcode_on, begin, fill, get_card, picture_of, tick
from tests.support.factory.customers import customer_of


async def test_new_person_gets_a_card_that_a_till_reads(
    telegram: Telegram, street: Context
) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await anna.until("С какого города")
    await anna.tap("Казань")
    await anna.until("Предложения")
    await anna.tap("Продукты")
    await anna.until("Лукоград")
    await anna.tap("Лукоград")
    await anna.until(lambda screen: bool(screen.get("photo")))
    await anna.tap("Выпустить карту")
    asked = await fill(anna)
    assert [words.splitlines()[0] for words in asked] == [
        f"Анкета · {number}/5" for number in range(1, 6)
    ]
    await agree(anna, "Telegram")
    shown = await anna.until("Карта готова")

    customer = await customer_of(anna.id)
    card = await Card.get(customer_id=customer.id)
    assert card.origin is CardOrigin.ISSUED
    assert barcode_on(await picture_of(telegram, shown)) == card.barcode_value
    number = await PoolNumber.get(program_id=card.program_id, barcode_value=card.barcode_value)
    assert number.status is NumberStatus.ISSUED
    profile = read_profile(street, customer)
    assert (profile["given_name"], profile["surname"]) == ("Анна", "Ветрова")
    phone = await Contact.get(customer_id=customer.id, kind="phone")
    assert phone.verified_by == "telegram"
    assert await ConsentRecord.filter(customer_id=customer.id).count() == 3


async def test_known_person_is_asked_for_consent_and_nothing_else(
    telegram: Telegram, street: Context
) -> None:
    """A second brand that asks for what is known already: one consent screen, no question."""
    boris = telegram.person("Борис")
    await boris.start()
    await get_card(boris, "Лукоград")
    await begin(boris, "Гвоздоград")
    assert await fill(boris) == []
    await agree(boris)
    await boris.until("Карта готова")
    assert await Card.all().count() == 2


async def test_two_brands_of_one_account_at_once(telegram: Telegram, street: Context) -> None:
    """Two programs of one legal entity: one questionnaire, one consent screen, two cards."""
    dina = telegram.person("Дина")
    await dina.start()
    await dina.until("С какого города")
    await dina.tap("Вся Россия")
    await dina.until("Предложения")
    await dina.tap("Выбрать несколько")
    await dina.until("Несколько карт")
    for brand in ("Сукно", "Тихошаг"):
        await _tick_brand(dina, brand)
    await dina.tap("Оформить 2 карты")
    await fill(dina, {"Ваш пол": "женский"})
    screen = await dina.until("Согласия")
    assert "1/2" not in screen["text"], "one controller, one screen"
    rules = [label for label in dina.buttons if "Правила ·" in label]
    assert len(rules) == 2
    await tick(dina, "Персональные данные", *(label.removeprefix("☐ ") for label in rules))
    await dina.tap("Согласиться")
    await dina.until("Готово!")
    assert await Card.all().count() == 2
    purposes = await ConsentRecord.all().values_list("document__purpose", flat=True)
    assert sorted(str(p) for p in purposes) == [
        "advertising",
        "personal_data",
        "program_terms",
        "program_terms",
    ]


async def _tick_brand(person, brand: str) -> None:  # type: ignore[no-untyped-def]
    """Turn the pages until the brand is there."""
    for _ in range(8):
        if any(brand in label for label in person.buttons):
            await tick(person, next(b for b in person.buttons if brand in b).removeprefix("☐ "))
            return
        seen = person.buttons
        await person.tap("›")
        await person.until(lambda _s, seen=seen: person.buttons != seen)
    raise AssertionError(f"no {brand} among the offers")


async def test_a_link_lands_on_the_very_offer_and_its_label_stays(
    telegram: Telegram, street: Context
) -> None:
    carol = telegram.person("Carol")
    await carol.start("o1-metro_poster")
    offer = await carol.until(lambda screen: bool(screen.get("photo")))
    assert "Issue the card" in str(offer["reply_markup"])
    await carol.tap("Issue the card")
    await carol.until("Form ·")
    customer = await customer_of(carol.id)
    assert (await Application.get(customer_id=customer.id)).source == "metro_poster"
    assert (customer.language, customer.source) == ("en", "metro_poster")
