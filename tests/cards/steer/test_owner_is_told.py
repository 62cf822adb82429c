"""«Лавка» blocks Анна's card, makes it good again, gives it another number: she hears of each once,
and sees it on the card."""

import pytest

from backend.cards.pocket.view_card import view_card
from backend.cards.pocket.wallet import remove_card
from backend.cards.steer.block_card import block_card, unblock_card
from backend.cards.steer.replace_card import Number, replace_card
from backend.cards.steer.tell_owner import tell_owner
from backend.events.cards import CardBlocked
from backend.messaging.channel import Handed
from backend.messaging.handover import Handover
from backend.messaging.wording import text_of
from backend.platform.context import Context
from backend.platform.failures import TryLater
from backend.platform.words import Translator
from backend.reactions import reactions
from bot.screens.pocket.card import card as card_screen
from bot.words import load_words
from catalog.tenant import Scope
from models.barcode_format import BarcodeFormat
from models.brand import Brand
from models.card import Card, CardOrigin
from models.customer import Customer
from models.job import JobKind
from models.message import Message
from models.message_purpose import MessagePurpose
from models.outbox import OutboxEvent
from tests.jobs.conftest import House, make_house
from tests.support.clock import StoppedClock
from tests.support.edge.notebook import Notebook, post_to
from tests.support.factory.customers import someone
from tests.support.outbox import happened, run_due


class Lavka:
    """What it does, and what has been said of it."""

    def __init__(self, house: House, anna: Customer, card: Card) -> None:
        self.ctx, self.house, self.anna, self.card = house.ctx, house, anna, card
        self.scope = Scope.of([house.account.id])
        self.notebook = Notebook()

    async def block(self) -> None:
        await block_card(self.ctx, self.scope, self.card.id)

    async def unblock(self) -> None:
        await unblock_card(self.ctx, self.scope, self.card.id)

    async def replace(self, number: str) -> None:
        await replace_card(self.ctx, self.scope, self.card.id, Number(number, number))

    async def told(self) -> list[str]:
        """Everything so far, by kind."""
        await run_due(self.ctx, reactions({"telegram": self.notebook}, self.ctx.clock))
        return [message.kind for message in self.notebook.sent]

    async def seen(self) -> str:
        """What the card says when it is opened."""
        view = await view_card(self.ctx, self.anna, self.card.id)
        return card_screen(Translator(load_words(), self.anna.language), view).text


@pytest.fixture(params=["ru"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def lavka(database: str, ctx: Context, language: str) -> Lavka:
    house = await make_house(ctx)
    anna = await someone(ctx, 1, language)
    card = await Card.create(
        customer=anna, program=house.program, brand=house.brand, origin=CardOrigin.ISSUED,
        printed_number="A1", barcode_value="A1", barcode_format=BarcodeFormat.CODE128,
        created_at=ctx.clock(),
    )  # fmt: skip
    return Lavka(house, anna, card)


async def test_each_is_told_once_and_seen_at_the_next_look(lavka: Lavka) -> None:
    assert "заблокировал" not in await lavka.seen()
    for _ in range(2):
        await lavka.block()
        assert await lavka.told() == ["card-blocked"]
    assert "🚫 Магазин заблокировал эту карту" in await lavka.seen()
    await lavka.unblock()
    assert await lavka.told() == ["card-blocked", "card-unblocked"]
    assert "заблокировал" not in await lavka.seen()
    for _ in range(2):
        await lavka.replace("A2")
        assert (await lavka.told())[2:] == ["card-replaced"]
    assert "A2" in await lavka.seen()
    assert {message.purpose for message in lavka.notebook.sent} == {MessagePurpose.SERVICE}
    assert {m.data["action"] for m in lavka.notebook.sent} == {f"open_card {lavka.card.id}"}


@pytest.mark.parametrize(
    ("language", "said"),
    [("ru", "заблокировал вашу карту Лавка"), ("en", "has blocked your Lavka card")],
    indirect=["language"],
)
async def test_in_their_language(lavka: Lavka, said: str) -> None:
    await Brand.all().update(name_ru="Лавка", name_en="Lavka")
    await lavka.block()
    await lavka.told()
    assert said in text_of(lavka.notebook.sent[0], lavka.anna.language)


async def test_by_a_file_too_and_by_night_in_the_morning(lavka: Lavka, clock: StoppedClock) -> None:
    clock.advance(hours=12)
    for _ in range(2):
        await lavka.house.worked(JobKind.CARDS, "number;state\nA1;blocked\n")
        assert await lavka.told() == []
    clock.advance(hours=12)
    assert await lavka.told() == ["card-blocked"]


async def test_of_a_long_file_they_hear_by_turns(lavka: Lavka, clock: StoppedClock) -> None:
    """What else there is to do goes on between them."""
    lines = ["number;state", "A1;blocked", *(f"N-{n};" for n in range(400))]
    await lavka.house.worked(JobKind.CARDS, "\n".join(lines))
    assert await lavka.told() == []
    clock.advance(seconds=41)
    assert await lavka.told() == ["card-blocked"]


async def test_what_was_taken_back_meanwhile_is_not_told(lavka: Lavka, clock: StoppedClock) -> None:
    clock.advance(hours=12)
    await lavka.block()
    await lavka.replace("A2")
    await lavka.told()
    await lavka.unblock()
    await lavka.replace("A3")
    await lavka.told()
    clock.advance(hours=12)
    assert await lavka.told() == ["card-replaced"]
    assert lavka.notebook.sent[0].data["number"] == "A3"
    await lavka.block()
    assert await lavka.told() == ["card-replaced", "card-blocked"]


async def test_a_card_that_left_the_pocket_says_nothing(lavka: Lavka) -> None:
    await remove_card(lavka.ctx, lavka.anna, lavka.card.id)
    await lavka.block()
    assert await lavka.told() == []


async def test_whoever_died_in_between_says_it_once(lavka: Lavka) -> None:
    """After the message had left, and before it was noted; and while the channel was down."""
    await lavka.block()
    event = await OutboxEvent.get(kind="CardBlocked")
    again = happened(CardBlocked(**event.payload))
    with pytest.raises(TryLater):
        await tell_owner(post_to(_Away()), lavka.ctx, again)
    for _ in range(3):
        await tell_owner(post_to(lavka.notebook), lavka.ctx, again)
    assert [message.kind for message in lavka.notebook.sent] == ["card-blocked"]
    assert await Message.filter(kind="card-blocked").count() == 1


class _Away(Notebook):
    async def send(self, handover: Handover) -> Handed:
        raise TryLater("the channel is down")
