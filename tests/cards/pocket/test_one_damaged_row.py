"""One card that cannot be read, one chat that cannot be reached: the others are told."""

import asyncio
from datetime import date
from typing import Any

import pytest
from structlog.testing import capture_logs

from backend.cards.pocket.expiry import noon_of
from backend.cards.pocket.organise import expire_card
from backend.cards.pocket.reminders.announce_expiry import announce_expiry
from backend.cards.pocket.reminders.announce_joined import announce_joined
from backend.messaging.channel import Handed
from backend.messaging.handover import Handover
from backend.outbox import backlog
from backend.platform.context import Context
from backend.platform.failures import TryLater
from catalog.days import USUAL_ZONE
from catalog.recognition import Rule
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin
from models.city import City
from models.customer import Customer
from models.outbox import OutboxDelivery, OutboxEvent
from models.wallet_entry import WalletEntry
from tests.cards.conftest import CarryCard
from tests.support.clock import StoppedClock
from tests.support.edge.notebook import Notebook
from tests.support.factory.brands import make_account, make_offer, make_program
from tests.support.factory.customers import someone
from tests.support.outbox import clock_round

PEOPLE = 5


class AwayFor(Notebook):
    """Telegram fails for some chats."""

    def __init__(self, *chats: int) -> None:
        super().__init__()
        self.chats = chats

    async def send(self, handover: Handover) -> Handed:
        if int(handover.person or 0) in self.chats:
            raise TryLater("away")
        return await super().send(handover)


@pytest.fixture
async def owners(ctx: Context, clock: StoppedClock, database: str, carry: CarryCard) -> list[int]:
    """Each with a card of one name that ends in three days; then its brand joins."""
    people = []
    for number in range(1, PEOPLE + 1):
        owner = await someone(ctx, number)
        card = await carry(owner, "бренд Зернопар", f"1234567{number}")
        await expire_card(ctx, owner, card.id, noon_of(date(2026, 11, 24), USUAL_ZONE))
        people.append(owner.id)
    await clock_round(ctx, Notebook())
    return people


def told(notebook: Notebook, kind: str) -> list[int]:
    return sorted(message.customer_id for message in notebook.sent if message.kind == kind)


def without(owners: list[int], place: int) -> list[int]:
    return [owner for n, owner in enumerate(owners) if n != place]


async def brand_joins(ctx: Context, key: str = "zernopar") -> None:
    program = await make_program(
        await make_account(key),
        f"club-{key}",
        recognition=[Rule(BarcodeFormat.CODE128, mask="########").to_json()],
    )
    await make_offer(program, key)
    ctx.brands.forget()


async def damage(owner: int) -> bytes:
    """What was there before."""
    entry = await WalletEntry.get(customer_id=owner)
    await WalletEntry.filter(id=entry.id).update(own=b"damaged")
    assert entry.own is not None
    return bytes(entry.own)


def given_up(logs: list[Any]) -> list[Any]:
    return [line for line in logs if line["event"] == "reaction given up"]


async def test_a_card_that_cannot_be_read(
    ctx: Context, clock: StoppedClock, owners: list[int]
) -> None:
    """The second one's own words are damaged: the others hear once that the brand has joined, and
    the operator finds that one among what was given up, said once."""
    await brand_joins(ctx)
    await damage(owners[1])
    notebook = Notebook()
    with capture_logs() as logs:
        for _ in range(4):
            await clock_round(ctx, notebook)
            clock.advance(hours=1)
    assert told(notebook, "card-joined") == without(owners, 1)
    assert [line["reaction"] for line in given_up(logs)] == ["look_again"]
    assert not [line for line in logs if line["log_level"] in {"error", "critical"}]
    [failed] = await backlog.failures()
    assert (failed["kind"], failed["reaction"]) == ("CardFoundDamaged", "look_again")
    assert "cannot be read" in failed["error"]
    assert await OutboxEvent.filter(kind="CardFoundDamaged").count() == 1


async def test_once_it_can_be_read_a_retry_makes_up_for_it(
    ctx: Context, clock: StoppedClock, owners: list[int]
) -> None:
    """The operator restores what was damaged; whoever was told already is not told again."""
    await brand_joins(ctx)
    own = await damage(owners[1])
    notebook = Notebook()
    await clock_round(ctx, notebook)
    await backlog.retry(ctx.clock())
    await clock_round(ctx, notebook)
    assert told(notebook, "card-joined") == without(owners, 1), "still damaged"
    await WalletEntry.filter(customer_id=owners[1]).update(own=own)
    assert await backlog.retry(ctx.clock()) == 1
    for _ in range(3):
        await clock_round(ctx, notebook)
    assert told(notebook, "card-joined") == owners
    assert await OutboxDelivery.filter(done_at=None).count() == 0


async def test_a_chat_that_cannot_be_reached(
    ctx: Context, clock: StoppedClock, owners: list[int]
) -> None:
    await brand_joins(ctx)
    notebook = AwayFor(2)
    for _ in range(2):
        await clock_round(ctx, notebook)
    assert told(notebook, "card-joined") == without(owners, 1)
    notebook.chats = ()
    clock.advance(hours=1)
    await clock_round(ctx, notebook)
    assert told(notebook, "card-joined") == owners


async def test_expiry_too(ctx: Context, clock: StoppedClock, owners: list[int]) -> None:
    """Nobody is reached for a while, then everybody but the third; at last they all are, once."""
    clock.advance(days=365)
    await ends_soon()
    notebook = AwayFor(*range(1, PEOPLE + 1))
    await clock_round(ctx, notebook)
    assert notebook.sent == []
    clock.advance(hours=1)
    notebook.chats = (3,)
    await clock_round(ctx, notebook)
    assert told(notebook, "card-expires") == without(owners, 2)
    clock.advance(hours=1)
    notebook.chats = ()
    for _ in range(2):
        await clock_round(ctx, notebook)
    assert told(notebook, "card-expires") == owners


async def ends_soon() -> None:
    await WalletEntry.all().update(
        expires_at=noon_of(date(2027, 11, 24), USUAL_ZONE), reminded_at=None
    )


async def test_whose_days_are_unknown(ctx: Context, clock: StoppedClock, owners: list[int]) -> None:
    """The fourth one's city has no such zone: the others are reminded."""
    nowhere = await City.create(
        key="nowhere", name_ru="Нигде", name_en="Nowhere", timezone="Mars/Olympus",
        lat=0, lon=0, population=1,
    )  # fmt: skip
    await Customer.filter(id=owners[3]).update(city_id=nowhere.id)
    clock.advance(days=365)
    await ends_soon()
    notebook = Notebook()
    with capture_logs() as logs:
        for _ in range(3):
            await clock_round(ctx, notebook)
    assert told(notebook, "card-expires") == without(owners, 3)
    assert len(given_up(logs)) == 1


async def test_two_schedules_at_once_announce_once(
    ctx: Context, clock: StoppedClock, owners: list[int]
) -> None:
    """A turn that was lost and not noticed yet."""
    clock.advance(days=365)
    await ends_soon()
    await brand_joins(ctx)
    await asyncio.gather(*(announce_joined(ctx) for _ in range(3)))
    await asyncio.gather(*(announce_expiry(ctx) for _ in range(3)))
    for kind in ("BrandJoined", "CardExpiryNeared"):
        events = await OutboxEvent.filter(kind=kind)
        assert sorted(event.payload["customer_id"] for event in events) == owners


async def test_what_is_never_compared_is_looked_at_once(ctx: Context, owners: list[int]) -> None:
    """A program's card has an entry as soon as it is shown, and there are many of them."""
    await Card.all().update(origin=CardOrigin.ISSUED)
    await brand_joins(ctx)
    assert [await announce_joined(ctx) for _ in range(2)] == [PEOPLE, 0]
    await brand_joins(ctx, "lukograd")
    assert await announce_joined(ctx) == 0
    assert await OutboxEvent.filter(kind="BrandJoined").count() == 0


async def test_a_card_that_is_gone_by_then_is_not_told_of(
    ctx: Context, clock: StoppedClock, owners: list[int]
) -> None:
    """Removed, or given another last day, after the announcement."""
    clock.advance(days=365)
    await ends_soon()
    await brand_joins(ctx)
    await announce_joined(ctx)
    await announce_expiry(ctx)
    first = await WalletEntry.get(customer_id=owners[0]).select_related("card")
    first.card.removed_at = ctx.clock()
    await first.card.save()
    await WalletEntry.filter(customer_id=owners[1]).update(
        expires_at=noon_of(date(2028, 11, 24), USUAL_ZONE)
    )
    notebook = Notebook()
    await clock_round(ctx, notebook)
    assert told(notebook, "card-joined") == owners[1:]
    assert told(notebook, "card-expires") == owners[2:]
