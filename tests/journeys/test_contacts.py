"""Contacts from end to end: the code on the sandbox's phone, the link in its mailbox, a number
that passes to somebody else."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from backend.messaging.registry import open_channels
from backend.platform.context import Context
from backend.platform.settings import Settings, load_settings
from backend.reactions import reactions
from backend.web.run import listening
from backend.worker.run import run_worker
from bot.run import run_bot
from bot.start_link import make_assigned
from models.card import Card
from models.contact import Contact, ContactKind
from models.message import Delivery, DeliveryState
from models.program import Program
from tests.support.chat.person import Json, Person
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import agree, begin, fill, get_card
from tests.support.clock import StoppedClock
from tests.support.factory.assigning import assigned, link_token
from tests.support.factory.customers import customer_of
from tests.support.machine.running import OpenGate, in_background
from tests.support.machine.servers import free_port

T = TypeVar("T")


@pytest.fixture
def settings(telegram: Telegram, database_url: str, tmp_path: Path) -> Settings:
    """As `karman up` sets it up without a token: mail and SMS land in the sandbox."""
    port = free_port()
    return load_settings(
        bot_token=telegram.token,
        bot_api_url=telegram.url,
        sandbox_url=telegram.url,
        listen=f"127.0.0.1:{port}",
        base_url=f"http://127.0.0.1:{port}",
        database_url=database_url,
        data_dir=tmp_path,
    )


@pytest.fixture
async def city(settings: Settings, database: str, ctx: Context) -> AsyncIterator[Context]:
    """The bot, the worker and the pages are up."""
    async with (
        open_channels(settings, OpenGate(), ctx.clock) as channels,
        listening(settings, ctx),
        in_background(run_bot(settings, ctx, OpenGate())),
        in_background(run_worker(settings, ctx, reactions(channels, ctx.clock))),
    ):
        yield ctx


async def outside(telegram: Telegram, look: Callable[[Json], T | None]) -> T:
    """Wait for an SMS or a letter."""
    for _ in range(400):
        found = look(await telegram.outside())
        if found is not None:
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(f"not there: {await telegram.outside()}")


async def code_of(telegram: Telegram, phone: str, count: int = 1) -> str:
    """The code in the newest SMS, when there are `count` of them."""

    def look(there: Json) -> str | None:
        texts = [sms["text"] for sms in there["sms"] if sms["to"] == phone]
        if len(texts) < count:
            return None
        assert "Не для входа в Telegram" in texts[0]
        found = re.search(r"Карман: код (\d{6}) ", texts[0])
        return found[1] if found else None

    return await outside(telegram, look)


async def link_to(telegram: Telegram, address: str) -> str:
    def look(there: Json) -> str | None:
        texts = [mail["text"] for mail in there["mail"] if mail["to"] == address]
        found = re.search(r"http://\S+/e/\S+", texts[0]) if texts else None
        return found[0] if found else None

    return await outside(telegram, look)


async def press(telegram: Telegram, link: str, action: str) -> str:
    assert telegram.http is not None
    async with telegram.http.post(link, data={"action": action}) as page:
        return await page.text()


async def type_number(person: Person, number: str) -> None:
    await person.until("Поделитесь номером")
    await person.press("вручную")
    await person.until("Какой у вас номер")
    await person.send(number)
    await person.until("Отправить код на +7 ")
    await person.tap("Отправить код")
    await person.until("Введите код из SMS от Кармана")


async def test_new_person_by_sms_and_double_opt_in(
    telegram: Telegram, city: Context, clock: StoppedClock
) -> None:
    carol = telegram.add_person("Ольга")
    await carol.start()
    await begin(carol, "Лукоград")
    await type_number(carol, "8 916 123-45-67")
    assert "09:01:00" not in carol.text
    assert "12:01:00 (UTC+3)" in carol.text

    code = await code_of(telegram, "+79161234567")
    await carol.send("12345")
    await carol.until("шесть цифр. Посмотрите")
    await carol.send(f"{(int(code) + 1) % 1_000_000:06d}")
    await carol.until("Осталось 4 попытки")
    await carol.tap("Отправить код ещё раз")
    await carol.until("Осталось 4 попытки")
    clock.advance(seconds=61)
    await carol.tap("Отправить код ещё раз")
    fresh = await code_of(telegram, "+79161234567", count=2)
    await carol.until("Введите код из SMS")
    await carol.send(f"{fresh[:3]} {fresh[3:]}")
    asked = await fill(carol)
    assert not any("номером телефона" in words for words in asked), "the phone is known"
    await agree(carol)
    await carol.until("Карта готова")

    customer = await customer_of(carol.id)
    phone = await Contact.get(customer_id=customer.id, kind=ContactKind.PHONE)
    assert phone.verified_by == "sms"
    email = await Contact.get(customer_id=customer.id, kind=ContactKind.EMAIL)
    assert email.verified_at is None, "the card did not wait for it"

    link = await link_to(telegram, "anna@example.ru")
    assert telegram.http is not None
    async with telegram.http.get(link) as page:
        assert "Да, это мой адрес" in await page.text()
    await email.refresh_from_db()
    assert email.verified_at is None, "a scanner that opens the link confirms nothing"
    assert "Адрес подтверждён" in await press(telegram, link, "confirm")
    await carol.until("Адрес почты подтверждён")
    await email.refresh_from_db()
    assert email.verified_by == "link"
    states = {row.state for row in await Delivery.filter(channel__in=("sms", "email"))}
    assert states == {DeliveryState.DELIVERED}

    await carol.tap("Мои контакты")
    await carol.until("+7 916 123-45-67 — подтверждён")
    assert "anna@example.ru — подтверждён" in carol.text


async def test_a_number_passes_to_somebody_else(
    telegram: Telegram, city: Context, clock: StoppedClock
) -> None:
    boris = telegram.person("Борис")
    await boris.start()
    await get_card(boris, "Лукоград")

    dina = telegram.person("Дина")
    await dina.start()
    await begin(dina, "Лукоград")
    await type_number(dina, boris.phone_number)
    await dina.send(await code_of(telegram, _e164(boris)))
    await dina.until("подтверждён у другого человека")
    old = await customer_of(boris.id)
    kept = await Contact.get(customer_id=old.id, kind=ContactKind.PHONE)
    assert kept.verified_at is not None, "nothing happens by itself"

    await dina.tap("Это теперь мой номер")
    await fill(dina, {"электронная почта": "dina@example.ru"})
    await agree(dina)
    await dina.until("Карта готова")
    await boris.until("подтвердил за собой другой человек")
    assert not await Contact.filter(id=kept.id, verified_at__isnull=False).exists()
    card = await Card.get(customer_id=old.id)
    assert card.recheck_at is not None

    await boris.send("/cards")
    await boris.tap("Лукоград")
    await boris.until("Номер телефона этой карты подтвердил другой человек")
    await boris.tap("Подтвердить контакты")
    await boris.until("не подтверждён")
    await boris.tap("Сменить номер")
    await boris.until("Поделитесь номером")
    await boris.send("+7 916 000-11-22")
    await boris.tap("Отправить код")
    await boris.until("Введите код из SMS")
    await boris.send(await code_of(telegram, "+79160001122"))
    await boris.until("+7 916 000-11-22 — подтверждён")
    await card.refresh_from_db()
    assert card.recheck_at is None


async def test_somebody_elses_contact_is_no_proof(telegram: Telegram, city: Context) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await anna.send("/settings")
    await anna.until("Настройки")
    await anna.tap("Мои контакты")
    await anna.until("не указан")
    await anna.tap("Указать номер")
    await anna.until("Поделитесь номером")
    await anna.share_contact(own=False, phone_number="+79990000001")
    await anna.until("Это чужой контакт")
    await anna.share_contact(own=False, phone_number="+79990000001", forwarded=True)
    await anna.until("Пересланный контакт не подойдёт")
    assert not await Contact.exists()
    await anna.press("Поделиться номером")
    await anna.until("подтверждён ✅")
    assert (await Contact.get()).verified_by == "telegram"


async def test_an_address_is_corrected_in_the_settings(
    telegram: Telegram, city: Context, clock: StoppedClock
) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await anna.send("/settings")
    await anna.tap("Мои контакты")
    await anna.tap("Указать адрес")
    await anna.until("Какой у вас адрес")
    await anna.send("anna@example")
    await anna.until("адрес неполный")
    await anna.send("anna@example.ru")
    await anna.until("Письмо со ссылкой отправлено на anna@example.ru")
    await anna.tap("Отправить письмо ещё раз")
    clock.advance(seconds=61)
    await anna.tap("Сменить адрес")
    await anna.until("Какой у вас адрес")
    await anna.send("vetrova@example.ru")
    await anna.until(lambda s: "vetrova@example.ru — не подтверждён" in str(s.get("text")))
    first = await link_to(telegram, "anna@example.ru")
    assert "письмо новее" in await press(telegram, first, "confirm")
    second = await link_to(telegram, "vetrova@example.ru")
    assert "Адрес подтверждён" in await press(telegram, second, "confirm")
    await anna.until("Адрес почты подтверждён")


def _e164(person: Person) -> str:
    return "+" + person.phone_number.lstrip("+")


async def test_a_number_is_shown_before_an_sms_leaves(telegram: Telegram, city: Context) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await begin(anna, "Лукоград")
    await anna.until("Поделитесь номером")
    await anna.send("8 495 123 45 67")
    await anna.until("Это городской номер")
    await anna.send("8 800 555 35 35")
    await anna.until("бесплатный номер компании")
    await anna.send("+84 912 345 678")
    await anna.until("В эту страну SMS не отправляем")
    await anna.send("8 916 123 45 76")
    await anna.until("Отправить код на +7 916 123-45-76?")
    await anna.tap("Исправить номер")
    await anna.until("Какой у вас номер")
    await anna.send("8 916 123 45 67")
    await anna.until("Отправить код на +7 916 123-45-67?")
    assert not (await telegram.outside())["sms"], "nothing has left yet"
    await anna.tap("Отправить код")
    await anna.until("Отправили на +7 916 123-45-67")
    await code_of(telegram, "+79161234567")


async def test_a_confirmed_number_is_not_lost_on_the_way_back(
    telegram: Telegram, city: Context, clock: StoppedClock
) -> None:
    anna = telegram.person("Анна")
    await anna.start()
    await begin(anna, "Лукоград")
    await type_number(anna, "8 916 123-45-67")
    await anna.tap("Назад")
    await anna.until("Код уже отправлен на +7 916 123-45-67")
    await anna.send(await code_of(telegram, "+79161234567"))
    await anna.until("Анкета · 2/5")

    await anna.tap("Назад")
    await anna.until("Анкета · 1/5")
    await anna.press("Оставить +7 916 123-45-67")
    await anna.until("Анкета · 2/5")
    await anna.tap("Назад")
    await anna.until("Анкета · 1/5")
    await anna.send("/home")
    await anna.tap("Продолжить анкету")
    await anna.until("Анкета · 2/5")
    await anna.tap("Назад")
    await anna.until("Анкета · 1/5")
    clock.advance(minutes=5)
    await anna.send("+79161234567")
    await anna.until("Анкета · 2/5")
    assert len((await telegram.outside())["sms"]) == 1, "the number is known"

    asked = await fill(anna)
    assert not any("номером телефона" in words for words in asked)


@pytest.mark.sample("postgres")
async def test_an_assigned_card_by_way_of_the_address(telegram: Telegram, city: Context) -> None:
    """The shop knows nothing but an e-mail: the letter's link is pressed, and the way goes on."""
    program = await Program.get(key="lukograd-card")
    row = await assigned(city, program, phone="", email="olga@example.ru")
    olga = telegram.add_person("Ольга")
    await olga.start(make_assigned(link_token(city, row)))
    await olga.until("подтвердите почту, которую вы ему оставляли")
    await olga.tap("Подтвердить почту")
    await olga.until("Какой у вас адрес почты")
    await olga.send("olga@example.ru")
    await olga.until("Мои контакты")
    await olga.tap("К карте")
    await olga.until("ждёт вас")
    await press(telegram, await link_to(telegram, "olga@example.ru"), "confirm")
    await olga.until("Адрес почты подтверждён")
    await olga.tap("К карте")
    await fill(olga)
    await agree(olga)
    await olga.until("Карта готова")
    assert (await Card.get()).barcode_value == row.barcode_value
