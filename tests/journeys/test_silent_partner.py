"""The shop's system does not answer while Анна brings her plastic in: a button, and no harm."""

from dataclasses import replace

import pytest

from backend.cards.plastic.ask_again import ask_again
from backend.messaging.registry import open_channels
from backend.platform.context import Context
from backend.platform.failures import TryLater
from backend.platform.settings import Settings
from backend.reactions import reactions
from catalog.questions.questionnaire import field_to_json
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.card_finding import NumberTry
from models.consent_record import ConsentRecord
from models.program import Program
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import agree, fill, find_offer
from tests.support.clock import StoppedClock
from tests.support.edge.strict_partner import StrictPartner
from tests.support.factory.brands import NAME
from tests.support.machine.running import OpenGate
from tests.support.outbox import run_due
from tests.support.pictures.plastic import plastic

NUMBER = "BV10002000"
SILENT = "Система магазина не отвечает"
BACK = "снова отвечает: вашу карту можно добавить"


@pytest.fixture
def partner() -> StrictPartner:
    return StrictPartner({NUMBER})


@pytest.fixture
def ctx(ctx: Context, partner: StrictPartner) -> Context:
    return replace(ctx, processors=partner)


async def arrived(telegram: Telegram) -> Person:
    asks = [field_to_json(NAME)]
    await Program.filter(key="barbosville-pass").update(processor="partner", questionnaire=asks)
    person = telegram.person("Анна")
    await person.start()
    await person.until("С какого города")
    await person.tap("Вся Россия")
    await person.until("Предложения")
    return person


async def tried_again(person: Person, partner: StrictPartner) -> None:
    asked = partner.asked
    await person.tap("Попробовать ещё раз")
    await person.until(lambda _: partner.asked > asked)


async def test_a_typed_number_waits_behind_the_button(
    telegram: Telegram, street: Context, partner: StrictPartner
) -> None:
    anna = await arrived(telegram)
    await find_offer(anna, "Барбосвиль")
    await anna.tap("У меня уже есть карта")
    await anna.until("например")
    partner.silent = True
    await anna.send("bv 1000 2000")
    for _ in range(2):
        await anna.until(SILENT)
        assert not await NumberTry.exists()
        await tried_again(anna, partner)
    partner.silent = False
    await anna.until(SILENT)
    await anna.tap("Попробовать ещё раз")
    await fill(anna)
    partner.trouble = [TryLater("away")]
    await agree(anna)
    await anna.until(SILENT)
    assert not await Card.exists()
    assert not await ConsentRecord.exists()
    await anna.tap("Попробовать ещё раз")
    await anna.until("Карта в кармане")
    card = await Card.get()
    assert (card.printed_number, card.origin) == (NUMBER, CardOrigin.DUPLICATED)


async def test_a_photographed_one_too(
    telegram: Telegram, street: Context, partner: StrictPartner
) -> None:
    anna = await arrived(telegram)
    partner.trouble = [TryLater("away")]
    await anna.send_photo(plastic((BarcodeFormat.CODE128, NUMBER)))
    await anna.until("Похоже на карту «Барбосвиль»", timeout=20)
    await anna.tap("Да, «Барбосвиль»")
    await anna.until(SILENT)
    await anna.tap("Попробовать ещё раз")
    await anna.until("Анкета · 1/")


async def test_who_waits_hears_when_it_answers_again(
    telegram: Telegram, street: Context, settings: Settings, clock: StoppedClock,
    partner: StrictPartner,
) -> None:  # fmt: skip
    """Once, with a button that goes on with the number that was typed; who has gone on by
    themselves hears nothing."""
    anna = await arrived(telegram)
    await find_offer(anna, "Барбосвиль")
    await anna.tap("У меня уже есть карта")
    await anna.until("например")
    partner.silent = True
    await anna.send("bv 1000 2000")
    await anna.until(SILENT)
    assert await ask_again(street) == 0
    clock.advance(minutes=1)
    assert await ask_again(street) == 0, "it is silent still"
    partner.silent = False
    assert await ask_again(street) == 0, "not at every moment"
    clock.advance(minutes=1)
    assert await ask_again(street) == 1
    assert await ask_again(street) == 0
    async with open_channels(settings, OpenGate()) as channels:
        await run_due(street, reactions(channels))
    await anna.until(BACK)
    await anna.tap("Добавить карту")
    await fill(anna)
    await agree(anna)
    await anna.until("Карта в кармане")
    assert (await Card.get()).printed_number == NUMBER


async def test_who_has_gone_on_hears_nothing(
    telegram: Telegram, street: Context, clock: StoppedClock, partner: StrictPartner
) -> None:
    anna = await arrived(telegram)
    await find_offer(anna, "Барбосвиль")
    await anna.tap("У меня уже есть карта")
    await anna.until("например")
    partner.trouble = [TryLater("away")]
    await anna.send("bv 1000 2000")
    await anna.until(SILENT)
    await anna.tap("Попробовать ещё раз")
    await anna.until("Анкета · 1/")
    clock.advance(minutes=2)
    assert await ask_again(street) == 0
