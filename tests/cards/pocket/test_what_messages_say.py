"""What the reminders and the news about a card say, to whom, and when there is nothing to say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backend.cards.pocket.expiry import noon_of
from backend.cards.pocket.organise import archive_card, expire_card
from backend.cards.pocket.reminders.announce_expiry import announce_expiry
from backend.cards.pocket.reminders.remind_expiry import remind_expiry
from backend.cards.pocket.reminders.tell_joined import tell_joined
from backend.cards.pocket.wallet import remove_card
from backend.events.brands import BrandJoined
from backend.events.cards import CardExpiryNeared
from backend.platform.context import Context
from backend.platform.failures import TryLater
from catalog.days import USUAL_ZONE
from catalog.recognition import Rule
from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.card import Card, CardStatus
from models.city import City
from models.customer import Customer
from models.identity import Identity
from models.message_purpose import MessagePurpose
from models.offer import Offer, OfferStatus
from models.outbox import OutboxEvent
from models.program import Program, ProgramStatus
from models.wallet_entry import WalletEntry
from tests.cards.conftest import CarryCard
from tests.support.clock import StoppedClock
from tests.support.edge.notebook import Notebook, post_to
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.cards import issued_card
from tests.support.factory.customers import someone
from tests.support.outbox import happened

pytestmark = [
    pytest.mark.parametrize("engine", ["sqlite"]),
    pytest.mark.usefixtures("database"),
]
TODAY = date(2026, 11, 21)
LAST = TODAY + timedelta(days=3)


@pytest.fixture
def notebook() -> Notebook:
    return Notebook()


def neared(card: Card, last: date = LAST) -> CardExpiryNeared:
    return CardExpiryNeared(card.id, card.customer_id, last.isoformat(), 3)


@pytest.fixture
async def ending(ctx: Context, database: str, carry: CarryCard) -> Card:
    """Анна's own card, which holds for three more days."""
    anna = await someone(ctx, 1)
    card = await carry(anna, "Фитнес", "5550001")
    await expire_card(ctx, anna, card.id, noon_of(LAST, USUAL_ZONE))
    return card


async def test_of_an_own_card_the_end_of_the_number_is_said(
    ctx: Context, notebook: Notebook, ending: Card
) -> None:
    for _ in range(2):
        await remind_expiry(post_to(notebook), ctx, happened(neared(ending)))
    [message] = notebook.sent
    assert (message.kind, message.purpose) == ("card-expires", MessagePurpose.SERVICE)
    assert message.data == {"name": "…0001", "days": 3, "action": f"open_card {ending.id}"}
    assert (message.customer_id, message.card_id) == (ending.customer_id, ending.id)


@pytest.mark.parametrize(("language", "name"), [("ru", "Кофе & Точка"), ("en", "Coffee & Dot")])
async def test_of_a_brands_card_its_name_in_the_persons_language(
    ctx: Context, notebook: Notebook, language: str, name: str
) -> None:
    event = await issued_card(ctx, 1, language)
    card = await Card.get(id=event.card_id)
    customer = await Customer.get(id=event.customer_id)
    await expire_card(ctx, customer, card.id, noon_of(TODAY, USUAL_ZONE))
    await remind_expiry(post_to(notebook), ctx, happened(neared(card, TODAY)))
    assert [(m.data["name"], m.data["days"]) for m in notebook.sent] == [(name, 0)]


async def test_of_what_is_over_gone_or_put_away_nothing_is_said(
    ctx: Context, clock: StoppedClock, notebook: Notebook, ending: Card
) -> None:
    anna = await Customer.get(id=ending.customer_id)

    async def silent(event: CardExpiryNeared) -> bool:
        await remind_expiry(post_to(notebook), ctx, happened(event))
        return notebook.sent == []

    assert await silent(neared(ending, LAST + timedelta(days=1))), "it ends on another day"
    assert await silent(replace(neared(ending), card_id=ending.id + 1)), "there is no such card"
    await expire_card(ctx, anna, ending.id, None)
    assert await silent(neared(ending)), "it has no last day any more"
    await expire_card(ctx, anna, ending.id, noon_of(LAST, USUAL_ZONE))
    await archive_card(anna, ending.id, archived=True)
    assert await silent(neared(ending))
    await archive_card(anna, ending.id, archived=False)
    await Card.filter(id=ending.id).update(status=CardStatus.BLOCKED)
    assert await silent(neared(ending))
    await Card.filter(id=ending.id).update(status=CardStatus.ACTIVE)
    clock.advance(days=4)
    assert await silent(neared(ending)), "it ended yesterday"
    clock.advance(days=-4)
    await remove_card(ctx, anna, ending.id)
    assert await silent(neared(ending))


async def test_the_days_left_are_those_of_the_owners_city(
    ctx: Context, clock: StoppedClock, notebook: Notebook, ending: Card
) -> None:
    """In Kamchatka the twenty-second has begun, ten in the morning of it."""
    city = await City.create(
        key="pk", name_ru="Петропавловск", name_en="Petropavlovsk", lat=53, lon=158,
        population=1, timezone="Asia/Kamchatka",
    )  # fmt: skip
    await Customer.filter(id=ending.customer_id).update(city_id=city.id)
    clock.advance(hours=13)
    await remind_expiry(post_to(notebook), ctx, happened(neared(ending)))
    assert [message.data["days"] for message in notebook.sent] == [2]


async def test_at_night_the_reminder_waits_and_is_no_message_yet(
    ctx: Context, clock: StoppedClock, notebook: Notebook, ending: Card
) -> None:
    clock.advance(hours=-9)  # three in the morning in Moscow
    with pytest.raises(TryLater) as waits:
        await remind_expiry(post_to(notebook), ctx, happened(neared(ending)))
    assert (waits.value.after, notebook.sent) == (timedelta(hours=7), [])


async def test_who_has_opened_nothing_is_told_nothing_and_keeps_nobody_waiting(
    ctx: Context, clock: StoppedClock, notebook: Notebook, ending: Card
) -> None:
    await Identity.filter(customer_id=ending.customer_id).update(reachable_since=None)
    await WalletEntry.all().update(reminded_at=None)
    assert await announce_expiry(ctx) == 0
    clock.advance(hours=-9)
    await remind_expiry(post_to(notebook), ctx, happened(neared(ending)))
    assert notebook.sent == []


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (TODAY - timedelta(days=1), False),
        (TODAY, True),
        (TODAY + timedelta(days=14), True),
        (TODAY + timedelta(days=15), False),
    ],
)
async def test_the_schedule_announces_what_is_near_once(
    ctx: Context, ending: Card, last: date, told: bool
) -> None:
    await WalletEntry.all().update(expires_at=noon_of(last, USUAL_ZONE), reminded_at=None)
    assert await announce_expiry(ctx) == int(told)
    assert await announce_expiry(ctx) == 0
    events = await OutboxEvent.filter(kind="CardExpiryNeared")
    assert [(e.payload["day"], e.payload["card_id"]) for e in events] == [
        (last.isoformat(), ending.id)
    ] * told


@pytest.fixture
async def joined(ctx: Context, database: str, carry: CarryCard) -> BrandJoined:
    """Анна's card is called like a brand, which has a program for its number."""
    anna = await someone(ctx, 1)
    card = await carry(anna, "Бренд zernopar", "12345678")
    rule = Rule(BarcodeFormat.CODE128, mask="########").to_json()
    program = await make_program(await make_account(), "club", recognition=[rule])
    offer = await make_offer(program, "zernopar")
    return BrandJoined(offer.brand_id, card.id, anna.id)


@pytest.mark.parametrize(("language", "name"), [("ru", "Бренд zernopar"), ("en", "Brand zernopar")])
async def test_who_carries_a_brands_card_hears_that_it_has_joined(
    ctx: Context, notebook: Notebook, joined: BrandJoined, language: str, name: str
) -> None:
    await Customer.filter(id=joined.customer_id).update(language=language)
    for _ in range(2):
        await tell_joined(post_to(notebook), ctx, happened(joined))
    [message] = notebook.sent
    assert (message.kind, message.purpose) == ("card-joined", MessagePurpose.SERVICE)
    assert message.data == {"brand": name, "action": f"connect_card {joined.card_id}"}
    assert (message.customer_id, message.card_id) == (joined.customer_id, joined.card_id)


async def _removed(ctx: Context, joined: BrandJoined) -> None:
    await remove_card(ctx, await Customer.get(id=joined.customer_id), joined.card_id)


async def _blocked(ctx: Context, joined: BrandJoined) -> None:
    await Card.filter(id=joined.card_id).update(status=CardStatus.BLOCKED)


async def _deleted(ctx: Context, joined: BrandJoined) -> None:
    await Customer.filter(id=joined.customer_id).update(data_key=None)


async def _another_number(ctx: Context, joined: BrandJoined) -> None:
    await Card.filter(id=joined.card_id).update(printed_number="A-77", barcode_value="A-77")


async def _no_offer(ctx: Context, joined: BrandJoined) -> None:
    await Offer.filter(brand_id=joined.brand_id).update(status=OfferStatus.ARCHIVED)


async def _paused(ctx: Context, joined: BrandJoined) -> None:
    await Program.all().update(status=ProgramStatus.PAUSED)


async def _carried_already(ctx: Context, joined: BrandJoined) -> None:
    brand = await Brand.get(id=joined.brand_id)
    await Card.create(
        customer_id=joined.customer_id, program_id=brand.program_id, brand_id=brand.id,
        printed_number="1", barcode_value="1", barcode_format="code128", origin="issued",
        created_at=ctx.clock(),
    )  # fmt: skip


async def _reached_by_nothing(ctx: Context, joined: BrandJoined) -> None:
    await Identity.filter(customer_id=joined.customer_id).update(reachable_since=None)


@pytest.mark.parametrize(
    "meanwhile",
    [
        _removed, _blocked, _deleted, _another_number, _no_offer, _paused, _carried_already,
        _reached_by_nothing,
    ],
)  # fmt: skip
async def test_nobody_hears_what_has_come_to_nothing_meanwhile(
    ctx: Context, notebook: Notebook, joined: BrandJoined, meanwhile: object
) -> None:
    await meanwhile(ctx, joined)  # type: ignore[operator]
    await tell_joined(post_to(notebook), ctx, happened(joined))
    assert notebook.sent == []
