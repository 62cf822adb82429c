"""How a message stands goes to the partner's own address: in order, again until it is heard."""

from collections.abc import AsyncIterator

import pytest

from backend.messages.accept import accept_for_phones
from backend.messages.open_message import leads_to, open_message
from backend.messages.order import MessageOrder
from backend.messages.send_messages import Lane
from backend.messages.settle import settle_left
from backend.messaging.action import Action, ActionKind
from backend.messaging.channel import Handed, NoTurn, OutcomeUnknown, Turn, Unreachable
from backend.messaging.gated_channels import GatedChannels
from backend.messaging.handover import Handover
from backend.platform.context import CLOCK, Context
from backend.platform.door import WORKER
from backend.platform.failures import TryLater
from backend.webhooks.request import Ways, open_ways
from backend.webhooks.sender import Sender as WebhookSender
from models.card import Card
from models.customer import Customer
from models.message import Delivery, DeliveryState
from models.message_purpose import MessagePurpose
from models.partner_message import MessageState, PartnerMessage
from tests.messages.conftest import ANNA
from tests.messages.people import HOSTS, Shop, sender
from tests.support.clock import StoppedClock
from tests.support.edge.gates import everything_goes
from tests.support.factory.customers import someone
from tests.webhooks.endpoint import Endpoint, standing
from tests.webhooks.sending import sent

Anna = tuple[Customer, Card]
ORDER = MessageOrder(MessagePurpose.TRANSACTION, "−10 баллов", told=True)
PROMO = MessageOrder(MessagePurpose.PROMO, "Скидки", told=True)


@pytest.fixture
def endpoint() -> Endpoint:
    return Endpoint()


@pytest.fixture
async def url(endpoint: Endpoint) -> AsyncIterator[str]:
    async with standing(endpoint) as address:
        yield address


@pytest.fixture
async def ways() -> AsyncIterator[Ways]:
    async with open_ways(HOSTS) as opened:
        yield opened


@pytest.fixture
async def teller(ctx: Context, ways: Ways) -> AsyncIterator[WebhookSender]:
    made = WebhookSender(ctx.acting(CLOCK, WORKER), ways)
    yield made
    await made.stop()


async def test_delivered_then_opened(
    ctx: Context, shop: Shop, anna: Anna, lanes: tuple[Lane, Lane], endpoint: Endpoint, url: str,
    teller: WebhookSender, clock: StoppedClock,
) -> None:  # fmt: skip
    (one,) = await accept_for_phones(ctx, await sender(ctx, shop, url), ORDER, [ANNA])
    await lanes[0].step()
    row = await PartnerMessage.get(public_id=one.public_id)
    endpoint.answers = [500]
    await sent(teller)
    stranger = await someone(ctx, 77)
    assert await open_message(ctx, stranger, row.id) is None
    opens = await open_message(ctx, anna[0], row.id)
    assert opens == Action(ActionKind.OPEN_CARD, anna[1].id) == await leads_to(anna[0], row.id)
    await open_message(ctx, anna[0], row.id)
    assert (await PartnerMessage.get(id=row.id)).state is MessageState.OPENED
    clock.advance(minutes=1)
    await sent(teller)
    told = [message for _, message in endpoint.got[1:]]
    moment = "2026-11-21T09:00:00Z"
    assert told == [
        {"messageId": one.public_id, "state": "DELIVERED", "date": moment},
        {"messageId": one.public_id, "state": "OPENED", "date": moment},
    ]
    # «karman:тайна», as RFC 7617 spells it.
    assert endpoint.raw[0][1]["Authorization"] == "Basic a2FybWFuOtGC0LDQudC90LA="


async def test_whoever_taps_before_we_know_has_it(
    ctx: Context, shop: Shop, anna: Anna, endpoint: Endpoint, url: str, teller: WebhookSender
) -> None:
    (one,) = await accept_for_phones(ctx, await sender(ctx, shop, url), ORDER, [ANNA])
    row = await PartnerMessage.get(public_id=one.public_id)
    await open_message(ctx, anna[0], row.id)
    await sent(teller)
    assert [message["state"] for _, message in endpoint.got] == ["DELIVERED", "OPENED"]
    await Delivery.filter(message_id=row.message_id).update(state=DeliveryState.DELIVERED)
    await settle_left(ctx.clock())
    assert (await PartnerMessage.get(id=row.id)).state is MessageState.OPENED


async def test_nobody_is_told_who_did_not_ask(
    ctx: Context, shop: Shop, anna: Anna, lanes: tuple[Lane, Lane], endpoint: Endpoint, url: str,
    teller: WebhookSender,
) -> None:  # fmt: skip
    quietly = MessageOrder(MessagePurpose.TRANSACTION, "−10 баллов")
    await accept_for_phones(ctx, await sender(ctx, shop, url), quietly, [ANNA])
    await lanes[0].step()
    await sent(teller)
    assert endpoint.got == []


class Failing:
    """A channel each of whose sends ends so."""

    def __init__(self, *ends: Exception) -> None:
        self._ends = list(ends)
        self.asked = 0

    async def turn(self, handover: Handover) -> Turn:
        return NoTurn()

    async def send(self, handover: Handover) -> Handed:
        self.asked += 1
        if self._ends:
            raise self._ends.pop(0)
        return Handed("1")


ENDS = [
    (ORDER, Unreachable("blocked", gone=True), MessageState.FAILED),
    (PROMO, OutcomeUnknown("cut off"), MessageState.UNKNOWN),
    (PROMO, None, MessageState.DELIVERED),
]


@pytest.mark.parametrize(("order", "end", "state"), ENDS)
async def test_each_end_is_told(
    ctx: Context, shop: Shop, anna: Anna, order: MessageOrder, end: Exception | None,
    state: MessageState,
) -> None:  # fmt: skip
    channel = Failing(*([end] if end else []))
    lane = Lane(ctx, GatedChannels({"telegram": channel}, everything_goes), promo=order.promo)
    (one,) = await accept_for_phones(ctx, await sender(ctx, shop), order, [ANNA])
    await lane.step()
    assert (await PartnerMessage.get(public_id=one.public_id)).state is state


async def test_what_must_wait_goes_when_it_can(ctx: Context, shop: Shop, anna: Anna) -> None:
    channel = Failing(TryLater("away"))
    lane = Lane(ctx, GatedChannels({"telegram": channel}, everything_goes), promo=False)
    lane.waits.first = 0.0
    (one,) = await accept_for_phones(ctx, await sender(ctx, shop), ORDER, [ANNA])
    assert not await lane.step()
    assert (await PartnerMessage.get(public_id=one.public_id)).state is MessageState.ENQUEUED
    assert await lane.step()
    assert (await PartnerMessage.get(public_id=one.public_id)).state is MessageState.DELIVERED


@pytest.mark.parametrize(("order", "sends"), [(ORDER, 1), (PROMO, 0)])
async def test_a_send_that_was_killed(
    ctx: Context, shop: Shop, anna: Anna, order: MessageOrder, sends: int
) -> None:
    """What somebody waits for goes once more; of advertising nobody knows, and it does not."""
    channel = Failing()
    lane = Lane(ctx, GatedChannels({"telegram": channel}, everything_goes), promo=order.promo)
    (one,) = await accept_for_phones(ctx, await sender(ctx, shop), order, [ANNA])
    row = await PartnerMessage.get(public_id=one.public_id)
    await Delivery.filter(message_id=row.message_id).update(state=DeliveryState.SENDING, attempts=1)
    await lane.step()
    assert channel.asked == sends
    ends = {0: MessageState.UNKNOWN, 1: MessageState.DELIVERED}
    assert (await PartnerMessage.get(id=row.id)).state is ends[sends]


async def test_killed_before_it_was_settled(ctx: Context, shop: Shop, anna: Anna) -> None:
    (one,) = await accept_for_phones(ctx, await sender(ctx, shop), ORDER, [ANNA])
    row = await PartnerMessage.get(public_id=one.public_id)
    await Delivery.filter(message_id=row.message_id).update(state=DeliveryState.DELIVERED)
    await Lane(ctx, GatedChannels({}, everything_goes), promo=False).step()
    assert (await PartnerMessage.get(id=row.id)).state is MessageState.DELIVERED
