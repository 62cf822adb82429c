"""One card that cannot be read, one chat that cannot be reached: the others are told."""

from datetime import date

import pytest

from backend.cards.pocket.expiry import USUAL_ZONE, noon_of
from backend.cards.pocket.one_by_one import MOST_WAITING
from backend.cards.pocket.organise import expire_card
from backend.messaging.channel import Handed
from backend.messaging.handover import Handover
from backend.platform.context import Context
from backend.platform.failures import TryLater
from backend.worker.cards import tell_of_cards
from catalog.recognition import Rule
from models.barcode_format import BarcodeFormat
from models.wallet_entry import WalletEntry
from tests.cards.conftest import CarryCard, Somebody
from tests.support.clock import StoppedClock
from tests.support.notebook import Notebook, post_to
from tests.support.shop import make_account, make_offer, make_program

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
async def owners(
    ctx: Context, clock: StoppedClock, somebody: Somebody, carry: CarryCard
) -> list[int]:
    """Each with a card of one name that ends in three days; then its brand joins."""
    people = []
    for number in range(1, PEOPLE + 1):
        owner = await somebody(number)
        card = await carry(owner, "бренд Зернопар", f"1234567{number}")
        await expire_card(ctx, owner, card.id, noon_of(date(2026, 11, 24), USUAL_ZONE))
        people.append(owner.id)
    await tell_of_cards(ctx, post_to(Notebook()))
    return people


async def told(notebook: Notebook, kind: str) -> set[int]:
    return {message.customer_id for message in notebook.sent if message.kind == kind}


async def brand_joins(ctx: Context) -> None:
    program = await make_program(
        await make_account(),
        "club",
        recognition=[Rule(BarcodeFormat.CODE128, mask="########").to_json()],
    )
    await make_offer(program, "zernopar")
    ctx.brands.forget()


async def test_a_card_that_cannot_be_read(ctx: Context, owners: list[int]) -> None:
    """The second one's own words are damaged: the others hear that the brand has joined."""
    await brand_joins(ctx)
    damaged = await WalletEntry.filter(customer_id=owners[1]).first()
    assert damaged is not None
    await WalletEntry.filter(id=damaged.id).update(own=b"damaged")
    notebook = Notebook()
    for _ in range(2):
        await tell_of_cards(ctx, post_to(notebook))
    assert await told(notebook, "card-joined") == {*owners} - {owners[1]}


async def test_a_chat_that_cannot_be_reached(ctx: Context, owners: list[int]) -> None:
    await brand_joins(ctx)
    notebook = AwayFor(2)
    for _ in range(2):
        await tell_of_cards(ctx, post_to(notebook))
    assert await told(notebook, "card-joined") == {*owners} - {owners[1]}
    notebook.chats = ()
    await tell_of_cards(ctx, post_to(notebook))
    assert await told(notebook, "card-joined") == {*owners}


async def test_expiry_too(ctx: Context, clock: StoppedClock, owners: list[int]) -> None:
    """Everybody but the third is reminded; when nobody is reached the round ends early."""
    clock.advance(days=365)
    await WalletEntry.all().update(
        expires_at=noon_of(date(2027, 11, 24), USUAL_ZONE), reminded_at=None
    )
    assert MOST_WAITING <= PEOPLE
    nobody = AwayFor(*range(1, PEOPLE + 1))
    await tell_of_cards(ctx, post_to(nobody))
    assert nobody.sent == []
    notebook = AwayFor(3)
    await tell_of_cards(ctx, post_to(notebook))
    assert await told(notebook, "card-expires") == {*owners} - {owners[2]}
