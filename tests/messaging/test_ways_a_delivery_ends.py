"""What a delivery's row says after each way in which a hand-over may end, and what another
attempt does with it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from backend.messaging.action import Action, ActionKind
from backend.messaging.channel import Handed, NoTurn, OutcomeUnknown, Turn, Unreachable
from backend.messaging.deliver import deliver, deliver_row, give_up
from backend.messaging.gated_channels import Draft, GatedChannels
from backend.messaging.handover import Handover, PersonAddress
from backend.messaging.leave_link import LeaveLink, leave_path
from backend.messaging.welcome import welcome
from backend.platform.context import Context
from backend.platform.failures import GiveUp, NeedsSettings, TryLater
from models.brand import Brand
from models.card import Card, CardOrigin
from models.customer import Customer
from models.identity import Identity
from models.message import Delivery, DeliveryState, Message
from models.message_purpose import MessagePurpose
from tests.support.clock import StoppedClock
from tests.support.edge.gates import everything_goes, nothing_goes
from tests.support.factory.cards import issued_card
from tests.support.factory.customers import blocked_at, with_chat
from tests.support.outbox import happened

pytestmark = [
    pytest.mark.parametrize("engine", ["sqlite"]),
    pytest.mark.usefixtures("database"),
]
SERVICE, PROMO = MessagePurpose.SERVICE, MessagePurpose.PROMO


class Channel:
    """Raises `trouble`, else delivers as `handed`; `meanwhile` happens before its turn comes."""

    def __init__(self, trouble: Exception | None = None, handed: Handed | None = None) -> None:
        self.trouble = trouble
        self.handed = handed or Handed("31")
        self.turns: list[Handover] = []
        self.sent: list[Handover] = []
        self.meanwhile: list[object] = []

    async def turn(self, handover: Handover) -> Turn:
        self.turns.append(handover)
        for happening in self.meanwhile:
            await happening  # type: ignore[misc]
        return NoTurn()

    async def send(self, handover: Handover) -> Handed:
        self.sent.append(handover)
        if self.trouble is not None:
            raise self.trouble
        return self.handed


def through(channel: Channel, name: str = "telegram") -> GatedChannels:
    return GatedChannels({name: channel}, everything_goes)


@pytest.fixture
async def anna(ctx: Context) -> Customer:
    customer = await Customer.create(
        language="en", data_key=ctx.vault.new_data_key(), created_at=ctx.clock()
    )
    return await with_chat(customer, 42)


def draft(anna: Customer, purpose: MessagePurpose = SERVICE) -> Draft:
    return Draft("hello:1", anna.id, purpose, "welcome-card", {"brand": "A", "number": "1"})


async def test_what_was_delivered_says_what_it_is_known_by_and_what_it_cost(
    ctx: Context, clock: StoppedClock, anna: Customer
) -> None:
    channel = Channel(handed=Handed("7" * 200, 289))
    began = ctx.clock()
    assert await deliver(ctx, through(channel), draft(anna), "telegram") is DeliveryState.DELIVERED
    clock.advance(hours=1)
    assert await deliver(ctx, through(channel), draft(anna), "telegram") is DeliveryState.DELIVERED
    assert (len(channel.turns), len(channel.sent)) == (1, 1)
    row = await Delivery.get()
    assert (row.state, row.attempts, row.reason, row.cost_kopecks) == (
        DeliveryState.DELIVERED, 1, "", 289,
    )  # fmt: skip
    assert (row.provider_id, row.created_at, row.changed_at) == ("7" * 128, began, began)
    [handover] = channel.sent
    assert (handover.language, handover.person, handover.leave) == ("en", "42", "")
    assert handover.message.id == row.message_id


async def test_the_row_of_a_message_says_all_that_is_no_secret(
    ctx: Context, anna: Customer
) -> None:
    event = await issued_card(ctx, 1)
    whole = Draft(
        "hello:1", anna.id, MessagePurpose.TRANSACTION, "sms-code", {"code": "•"},
        action=Action(ActionKind.OPEN_CARD, event.card_id), brand_id=event.brand_id,
        card_id=event.card_id, secrets={"code": "123456"}, to=PersonAddress("+79161234567"),
    )  # fmt: skip
    channel = Channel()
    await deliver(ctx, through(channel, "sms"), whole, "sms")
    row = await Message.get()
    assert (row.once, row.customer_id, row.purpose, row.kind) == (
        "hello:1", anna.id, MessagePurpose.TRANSACTION, "sms-code",
    )  # fmt: skip
    assert (row.brand_id, row.card_id, row.created_at) == (
        event.brand_id, event.card_id, ctx.clock(),
    )  # fmt: skip
    assert row.data == {"code": "•", "action": f"open_card {event.card_id}"}
    [handover] = channel.sent
    assert (handover.person, handover.secrets) == ("+79161234567", {"code": "123456"})
    assert isinstance(handover.message, Message)
    assert handover.message.data["action"] == f"open_card {event.card_id}"
    assert await Delivery.get_or_none(channel="sms") is not None


async def test_one_message_by_two_channels_is_two_deliveries(ctx: Context, anna: Customer) -> None:
    channel = Channel()
    post = GatedChannels({"telegram": channel, "wallet": channel}, everything_goes)
    for name in ("telegram", "wallet", "telegram"):
        await deliver(ctx, post, draft(anna), name)
    assert await Message.all().count() == 1
    assert sorted([row.channel for row in await Delivery.all()]) == ["telegram", "wallet"]
    assert len(channel.sent) == 2


@pytest.mark.parametrize("gone", [True, False])
async def test_nobody_is_there(ctx: Context, anna: Customer, gone: bool) -> None:
    channel = Channel(Unreachable("no such chat" + "!" * 300, gone=gone))
    assert await deliver(ctx, through(channel), draft(anna), "telegram") is DeliveryState.FAILED
    row = await Delivery.get()
    assert (row.state, row.attempts) == (DeliveryState.FAILED, 1)
    assert row.reason == ("no such chat" + "!" * 300)[:200]
    assert await blocked_at(anna) == (ctx.clock() if gone else None)


async def test_what_is_refused_for_good_fails_with_its_reason(ctx: Context, anna: Customer) -> None:
    channel = Channel(GiveUp("too long"))
    for _ in range(2):
        state = await deliver(ctx, through(channel), draft(anna), "telegram")
        assert state is DeliveryState.FAILED
    assert ((await Delivery.get()).reason, len(channel.sent)) == ("too long", 1)


@pytest.mark.parametrize("trouble", [TryLater("busy"), NeedsSettings("no token")])
async def test_what_was_not_sent_waits_and_is_tried_again(
    ctx: Context, anna: Customer, trouble: Exception
) -> None:
    channel = Channel(trouble)
    with pytest.raises(type(trouble), match=str(trouble)):
        await deliver(ctx, through(channel), draft(anna), "telegram")
    row = await Delivery.get()
    assert (row.state, row.attempts, row.reason) == (DeliveryState.QUEUED, 1, "")
    channel.trouble = None
    assert await deliver(ctx, through(channel), draft(anna), "telegram") is DeliveryState.DELIVERED
    assert (await Delivery.get()).attempts == 2


async def test_a_send_without_an_answer_is_repeated_once(ctx: Context, anna: Customer) -> None:
    channel = Channel(OutcomeUnknown("timeout"))
    with pytest.raises(TryLater, match="no answer: timeout"):
        await deliver(ctx, through(channel), draft(anna), "telegram")
    row = await Delivery.get()
    assert (row.state, row.reason) == (
        DeliveryState.QUEUED, "repeated after an unknown outcome",
    )  # fmt: skip
    assert await deliver(ctx, through(channel), draft(anna), "telegram") is DeliveryState.IN_DOUBT
    assert (await Delivery.get()).reason == "no answer to the request"
    assert await deliver(ctx, through(channel), draft(anna), "telegram") is DeliveryState.IN_DOUBT
    assert len(channel.sent) == 2


async def test_a_busy_channel_in_between_does_not_make_it_three(
    ctx: Context, anna: Customer
) -> None:
    channel = Channel(OutcomeUnknown("timeout"))
    for trouble in (OutcomeUnknown("timeout"), TryLater("busy")):
        channel.trouble = trouble
        with pytest.raises(TryLater):
            await deliver(ctx, through(channel), draft(anna), "telegram")
    channel.trouble = OutcomeUnknown("timeout")
    assert await deliver(ctx, through(channel), draft(anna), "telegram") is DeliveryState.IN_DOUBT


async def test_promo_without_an_answer_is_in_doubt_at_once(ctx: Context, anna: Customer) -> None:
    channel = Channel(OutcomeUnknown("timeout"))
    state = await deliver(ctx, through(channel), draft(anna, PROMO), "telegram")
    assert (state, (await Delivery.get()).reason) == (
        DeliveryState.IN_DOUBT, "no answer to the request",
    )  # fmt: skip


async def _deletes(anna: Customer, ctx: Context) -> None:
    await Customer.filter(id=anna.id).update(deleted_at=ctx.clock())


async def _blocks(anna: Customer, ctx: Context) -> None:
    await Identity.filter(customer_id=anna.id).update(blocked_at=ctx.clock())


@pytest.mark.parametrize(
    ("does", "state", "reason"),
    [
        (_deletes, DeliveryState.STOPPED, "deleted"),
        (_blocks, DeliveryState.FAILED, "blocked the bot"),
    ],
)
@pytest.mark.parametrize("when", ["before", "while it waits"])
async def test_who_is_gone_takes_nobodys_turn_away_and_is_sent_nothing(
    ctx: Context, anna: Customer, does: Callable[..., object], state: DeliveryState, reason: str,
    when: str,
) -> None:  # fmt: skip
    channel = Channel()
    if when == "before":
        await does(anna, ctx)  # type: ignore[misc]
    else:
        channel.meanwhile = [does(anna, ctx)]
    assert await deliver(ctx, through(channel), draft(anna), "telegram") is state
    assert reason in (await Delivery.get()).reason
    assert (len(channel.turns), channel.sent) == (int(when != "before"), [])


async def test_no_consent_stops_it_before_its_turn(ctx: Context, anna: Customer) -> None:
    channel = Channel()
    post = replace(through(channel), gate=nothing_goes)
    assert await deliver(ctx, post, draft(anna), "telegram") is DeliveryState.STOPPED
    row = await Delivery.get()
    assert (row.reason, row.attempts, channel.turns) == ("no consent", 0, [])


async def test_the_gate_is_asked_of_whom_which_brand_which_channel_and_what_for(
    ctx: Context, anna: Customer
) -> None:
    asked: list[object] = []
    event = await issued_card(ctx, 1)

    async def gate(*about: object) -> bool:
        asked.append(about)
        return len(asked) == 1

    post = replace(through(Channel()), gate=gate)
    of_brand = replace(draft(anna, PROMO), brand_id=event.brand_id)
    assert await deliver(ctx, post, of_brand, "telegram") is DeliveryState.STOPPED
    assert asked == [(anna.id, event.brand_id, "telegram", PROMO)] * 2, "again at the hand-over"


@pytest.mark.parametrize("purpose", MessagePurpose)
async def test_promo_of_a_brand_alone_carries_the_way_out(
    ctx: Context, anna: Customer, purpose: MessagePurpose
) -> None:
    event = await issued_card(ctx, 1)
    assert event.brand_id is not None
    channel = Channel()
    for once, brand_id in (("hello:1", event.brand_id), ("hello:2", None)):
        one = replace(draft(anna, purpose), once=once, brand_id=brand_id)
        await deliver(ctx, through(channel), one, "telegram")
    path = leave_path(ctx.vault, LeaveLink(anna.id, event.brand_id))
    assert [each.leave for each in channel.sent] == [path if purpose is PROMO else "", ""]


async def test_what_is_given_up_is_given_up_while_it_waits_and_no_later(
    ctx: Context, anna: Customer
) -> None:
    channel = Channel(TryLater("busy"))
    with pytest.raises(TryLater):
        await deliver(ctx, through(channel), draft(anna), "telegram")
    row = await Delivery.get()
    assert await give_up(ctx, through(channel), row, "too late") is DeliveryState.FAILED
    assert (await Delivery.get()).reason == "given up: too late"
    channel.trouble = None
    assert await deliver_row(ctx, through(channel), await Message.get(), row) is (
        DeliveryState.FAILED
    )
    for state in set(DeliveryState) - {DeliveryState.QUEUED}:
        row.state = state
        assert await give_up(ctx, through(channel), row, "again") is state
    assert (await Delivery.get()).reason == "given up: too late"


async def test_a_channel_that_is_not_set_up_makes_no_row(ctx: Context, anna: Customer) -> None:
    with pytest.raises(NeedsSettings, match="the channel sms is not set up"):
        await deliver(ctx, through(Channel()), draft(anna), "sms")
    assert not await Message.exists()


@pytest.mark.parametrize(("language", "name"), [("ru", "Кофе & Точка"), ("en", "Coffee & Dot")])
async def test_the_welcome_says_which_card_it_is(ctx: Context, language: str, name: str) -> None:
    event = await issued_card(ctx, 1, language)
    channel = Channel()
    for _ in range(2):
        await welcome(through(channel), ctx, happened(event))
    [handover] = channel.sent
    message = handover.message
    assert isinstance(message, Message)
    card = await Card.get(id=event.card_id)
    assert (message.kind, message.purpose, message.once) == (
        "welcome-card", SERVICE, f"welcome:card:{card.id}",
    )  # fmt: skip
    assert message.data == {
        "brand": name, "number": card.printed_number, "action": f"open_card {card.id}",
    }  # fmt: skip
    assert (message.customer_id, message.brand_id, message.card_id) == (
        event.customer_id, event.brand_id, card.id,
    )  # fmt: skip


async def test_a_card_of_a_program_without_a_brand_is_called_like_the_program(
    ctx: Context,
) -> None:
    event = await issued_card(ctx, 1, "en")
    await Card.all().update(brand_id=None)
    channel = Channel()
    await welcome(through(channel), ctx, happened(event))
    message = channel.sent[0].message
    assert isinstance(message, Message)
    assert message.data["brand"] == "Coffee"
    assert await Brand.all().count() == 1


async def test_who_is_not_welcomed(ctx: Context) -> None:
    """Whoever looks on, whom a partner gave the card, who has opened nothing, and whose card or
    row is gone."""
    event = await issued_card(ctx, 1)
    channel = Channel()
    for silent in (
        replace(event, shown=True),
        replace(event, origin=CardOrigin.ASSIGNED.value),
        replace(event, card_id=event.card_id + 1),
        replace(event, customer_id=event.customer_id + 1),
    ):
        await welcome(through(channel), ctx, happened(silent))
    await Identity.all().update(reachable_since=None)
    await welcome(through(channel), ctx, happened(event))
    assert (channel.turns, await Message.exists()) == ([], False)
    await Identity.all().update(reachable_since=ctx.clock())
    await welcome(through(channel), ctx, happened(replace(event, origin="duplicated")))
    assert len(channel.sent) == 1
