"""«My data» speaks people's words: no raw value, no UTC stamp, names instead of numbers."""

import re
from datetime import timedelta, timezone
from enum import StrEnum

import pytest

from backend.cards.pocket.add_external import add_external
from backend.cards.pocket.organise import archive_card
from backend.cards.pocket.wallet import cards_carried, remove_card
from backend.customers.my_data.delete_data import Deletion, delete_data
from backend.customers.my_data.deletion_receipt import deletion_receipt
from backend.customers.my_data.export_page import data_as_page, export_words
from backend.customers.my_data.export_page import page as export_page_shell
from backend.customers.person.profile import seal_profile
from backend.exchange.shapes import ExchangeCard
from backend.platform.context import Context
from backend.platform.words import LANGUAGES
from catalog.bilingual import Bilingual
from catalog.questions.question import ChoiceOption, FieldType, QuestionnaireField
from models.application import ApplicationStatus
from models.barcode_format import BarcodeFormat
from models.card import CardOrigin, CardStatus
from models.card_share import ShareMode, ShareWith
from models.city import City
from models.consent_document import ConsentPurpose
from models.consent_record import ConsentAction
from models.contact import ContactKind
from models.customer import Customer
from models.message import DeliveryState, Reported
from models.message_purpose import MessagePurpose
from models.verification import VerificationState
from tests.support.factory.brands import make_account, make_program
from tests.support.factory.customers import someone
from tests.support.source import ROOT

MESSAGES = ROOT / "backend/messaging/locales/ru.ftl"
VALUES: list[tuple[str, type[StrEnum]]] = [
    ("origin", CardOrigin),
    ("status", CardStatus),
    ("status", ApplicationStatus),
    ("action", ConsentAction),
    ("purpose", ConsentPurpose),
    ("purpose", MessagePurpose),
    ("kind", ContactKind),
    ("state", VerificationState),
    ("state", DeliveryState),
    ("reported", Reported),
    ("with", ShareWith),
    ("mode", ShareMode),
    ("barcode-format", BarcodeFormat),
    ("format", BarcodeFormat),
]
FAVOURITE = QuestionnaireField(
    key="favourite_drink",
    type=FieldType.CHOICE,
    required=False,
    label=Bilingual("Что вы пьёте?", "What do you drink?"),
    choices=(ChoiceOption("raf", Bilingual("Раф", "Raf")),),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "values"), VALUES)
def test_every_value_that_we_keep_has_its_words(
    language: str, name: str, values: type[StrEnum]
) -> None:
    keys = [f"value-{name}-{value.value.replace('_', '-')}" for value in values]
    assert [key for key in keys if not export_words().has(language, key)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_that_comes_by_itself_has_a_name(language: str) -> None:
    """A consent mark, what holds several messages or a letter's footer is none of its own, and a
    letter to those who look after an account is none to a person."""
    said = set(re.findall(r"^([a-z-]+) =", MESSAGES.read_text(), re.MULTILINE))
    kinds = said - {
        "email-about",
        "email-leave",
        "promo-label",
        "digest",
        "webhook-paused",
        "connection-stopped",
    }
    assert kinds
    assert [k for k in kinds if not export_words().has(language, f"value-kind-{k}")] == []


async def anna_with_answers(ctx: Context) -> Customer:
    anna = await someone(ctx, 41)
    city = await City.create(
        key="vladivostok", name_ru="Владивосток", name_en="Vladivostok",
        timezone="Asia/Vladivostok", population=1, lat=43.1, lon=131.9,
    )  # fmt: skip
    program = await make_program(await make_account(), fields=(FAVOURITE,))
    anna.city_id = city.id
    anna.profile = seal_profile(
        ctx,
        anna,
        {
            "given_name": "Анна",
            "birth_date": "1990-03-24",
            "city": "vladivostok",
            f"{program.key}.favourite_drink": "raf",
            "_skipped": ["surname"],
        },
    )
    await anna.save()
    return anna


async def page_of(ctx: Context, customer: Customer, language: str) -> str:
    assert customer.language == language
    return b"".join([piece async for piece in data_as_page(ctx, customer)]).decode()


async def test_words_names_and_local_time(database: str, ctx: Context) -> None:
    anna = await anna_with_answers(ctx)
    page = await page_of(ctx, anna, "ru")
    for told in ("Что вы пьёте?", "Раф", "Владивосток", "24 марта 1990", "UTC+10:00", "Фамилия"):
        assert told in page, told
    for raw in ("favourite_drink", ">raf<", ">vladivostok<", "1990-03-24", "+00:00", "_skipped"):
        assert raw not in page, raw


async def test_the_deletion_counts_the_cards_it_asked_about(database: str, ctx: Context) -> None:
    """Two in the list, one in the archive; one was removed long ago."""
    anna = await someone(ctx, 42)
    ids = []
    for number in range(4):
        given = ExchangeCard(
            name="Лавка", number=f"555{number}", barcode_value=f"555{number}",
            barcode_format=BarcodeFormat.CODE128,
        )  # fmt: skip
        card, _ = await add_external(ctx, anna, given)
        ids.append(card.id)
    await archive_card(anna, ids[0], archived=True)
    await remove_card(ctx, anna, ids[1])
    asked = await cards_carried(anna)
    done = await delete_data(ctx, anna.id)
    assert (asked, done.cards, done.removed_before) == (3, 3, 1)
    again = await delete_data(ctx, anna.id)
    assert again == done


def test_a_receipt_of_earlier_days_can_still_be_shown() -> None:
    """It was kept without what is counted since."""
    done = Deletion(7, "2026-11-27T08:16:19.062034+00:00", 9, 1, 2, 3, 4, 5)
    receipt = deletion_receipt(done, "ru", timezone(timedelta(hours=10)))
    assert "27.11.2026 18:16:19 (UTC+10:00)" in receipt
    assert "убрали раньше" not in receipt


def test_on_a_phone_labels_stand_above_their_values() -> None:
    page = export_page_shell("ru", "Мои данные", "")
    narrow = page.partition("@media (max-width: 480px)")[2]
    assert "display: block" in narrow
