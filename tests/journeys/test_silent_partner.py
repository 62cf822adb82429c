"""The shop's system does not answer while Анна brings her plastic in: a button, and no harm."""

from dataclasses import replace

import pytest

from backend.platform.context import Context
from backend.platform.failures import TryLater
from catalog.questionnaire import field_to_json
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.card_finding import NumberTry
from models.consent_record import ConsentRecord
from models.program import Program
from tests.support.chat.person import Person
from tests.support.chat.telegram import Telegram
from tests.support.chat.walking import agree, fill, find_offer
from tests.support.edge.strict_partner import StrictPartner
from tests.support.factory.brands import NAME
from tests.support.pictures.plastic import plastic

NUMBER = "BV10002000"
SILENT = "Система магазина не отвечает"


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
