"""What gateways report is written on the delivery, and on what it costs."""

from collections.abc import Sequence
from datetime import timedelta

from aiohttp import ClientSession

from backend.cascades.ask_gateway import LASTS, ask_gateway, give_up_asking
from backend.cascades.report import MOST_KOPECKS, Word, take_reports
from backend.messaging.reports import Report, Sent
from models.account_change import ChangeKind
from models.fact import Fact, FactKind
from models.message import Delivery, DeliveryState, Message, Reported
from models.webhook import Webhook, WebhookDelivery
from tests.cascades.conftest import EMAIL, SMS, TELEGRAM, Cascades
from tests.support.clock import StoppedClock

ARRIVED, LOST = Reported.DELIVERED, Reported.UNDELIVERED


async def sent(cascades: Cascades, provider_id: str, *, next_step: bool = True) -> Message:
    """An SMS that the gateway has taken for 2.50 ₽."""
    campaign = await cascades.campaign(SMS, *([EMAIL] if next_step else []))
    message = await cascades.message(campaign, await cascades.somebody())
    await cascades.ends(message, DeliveryState.DELIVERED, provider_id, 250)
    return message


async def says(cascades: Cascades, *told: Report) -> int:
    return await take_reports(cascades.ctx, "sms", [Word(each) for each in told])


async def counted(kind: FactKind) -> tuple[int, int]:
    found = await Fact.filter(kind=kind)
    return sum(each.n for each in found), sum(each.kopecks for each in found)


async def test_one_that_comes_late_twice_or_of_a_stranger(cascades: Cascades) -> None:
    message = await sent(cascades, "17")
    await sent(cascades, "18")
    await cascades.passes()
    assert await says(cascades, Report("999", ARRIVED), Report("", ARRIVED)) == 0
    assert await says(cascades, Report("17", LOST, 125)) == 1
    assert await says(cascades, Report("17", LOST, 125), Report("17", LOST)) == 0
    delivery = await cascades.last(message)
    assert (delivery.reported, delivery.reported_at) == (LOST, cascades.ctx.clock())
    assert delivery.cost_kopecks == 125
    assert await counted(FactKind.MESSAGE_DELIVERED) == (2, 375)
    assert await counted(FactKind.MESSAGE_LOST) == (1, 0)
    # Later it turns out that it has arrived after all: that stays, whatever comes behind it.
    assert await says(cascades, Report("17", ARRIVED), Report("17", LOST)) == 1
    assert (await cascades.last(message)).reported is ARRIVED
    assert await counted(FactKind.MESSAGE_LOST) == (0, 0)
    assert await counted(FactKind.MESSAGE_ARRIVED) == (1, 0)
    assert await says(cascades, Report("17", ARRIVED, MOST_KOPECKS + 1)) == 0
    # Of a mailbox, and of what has not left, a gateway says nothing.
    assert await take_reports(cascades.ctx, "email", [Word(Report("17", Reported.BOUNCED))]) == 0
    await Delivery.filter(message_id=message.id).update(state=DeliveryState.QUEUED, reported=None)
    assert await says(cascades, Report("17", ARRIVED)) == 0


async def test_before_it_is_counted_the_cost_is_counted_once(cascades: Cascades) -> None:
    await sent(cascades, "17", next_step=False)
    assert await says(cascades, Report("17", ARRIVED, 300)) == 1
    await cascades.passes()
    assert await counted(FactKind.MESSAGE_DELIVERED) == (1, 300)


async def test_what_arrives_stops_what_waits_and_what_does_not_goes_on(
    cascades: Cascades, clock: StoppedClock
) -> None:
    lost, late = await sent(cascades, "lost"), await sent(cascades, "late")
    await cascades.passes()
    await says(cascades, Report("lost", LOST))
    # Said again, with what it has cost: its turn stays.
    await says(cascades, Report("lost", LOST, 50))
    await cascades.passes()
    assert await cascades.way(lost) == [("sms", "delivered"), ("email", "queued")]
    clock.advance(minutes=62)
    await cascades.passes()
    assert await cascades.way(late) == [("sms", "delivered"), ("email", "queued")]
    await says(cascades, Report("late", ARRIVED))
    stopped = await cascades.last(late)
    assert (stopped.state, stopped.reason) == (DeliveryState.STOPPED, "arrived")
    # The letter was lost too: nothing comes of the older SMS any more.
    await cascades.ends(lost, DeliveryState.FAILED)
    await cascades.passes()
    await Delivery.filter(message_id=lost.id, channel="sms").update(next_at=clock())
    await cascades.passes()
    assert len(await cascades.way(lost)) == 2


async def test_webhooks_hear_of_it_where_they_ask_by_name(cascades: Cascades) -> None:
    kind = ChangeKind.MESSAGE_STATE_CHANGED.value
    for name, kinds in (("asks", [kind]), ("all", []), ("facade", ["message.state"])):
        await Webhook.create(
            account_id=cascades.account_id, public_id=name, url="https://x.example", kinds=kinds,
            created_at=cascades.ctx.clock(),
        )  # fmt: skip
    message = await sent(cascades, "17")
    await cascades.passes()
    await cascades.passes()
    await says(cascades, Report("17", LOST), Report("17", LOST))
    told = await WebhookDelivery.all().order_by("id").select_related("webhook")
    assert {each.webhook.public_id for each in told} == {"asks"}
    assert {each.order_key for each in told} == {f"message:{message.id}"}
    states = ['"state":"delivered"', '"state":"undelivered"']
    assert [next(s for s in states if s in each.body) for each in told] == states
    assert f'"campaign":{message.campaign_id}' in told[0].body


class Gateway:
    """It has ends for some ids, and is asked for two at once."""

    most = 2
    answer = "OK"

    def __init__(self) -> None:
        self.ends: dict[str, Reported] = {}
        self.asked: list[list[Sent]] = []

    async def ask(self, http: ClientSession, sent: Sequence[Sent]) -> Sequence[Report]:
        self.asked.append(list(sent))
        known = [Report(e.provider_id, self.ends[e.provider_id]) for e in sent if self.ends]
        return [*known, Report("somebody-elses", ARRIVED)]

    def heard(self, given: Sequence[tuple[str, str]]) -> Sequence[Report]:
        return []


async def test_a_gateway_is_asked_less_and_less_and_not_for_ever(
    cascades: Cascades, clock: StoppedClock, http: ClientSession
) -> None:
    gateway = Gateway()
    first, second, third = [await sent(cascades, f"id{n}") for n in range(3)]
    await sent(cascades, "somebody-elses")
    telegram = await cascades.message(await cascades.campaign(TELEGRAM), await cascades.somebody())
    await cascades.ends(telegram, DeliveryState.DELIVERED, "42")
    assert await ask_gateway(cascades.ctx, http, gateway)
    assert await ask_gateway(cascades.ctx, http, gateway)
    assert not await ask_gateway(cascades.ctx, http, gateway)
    assert [[each.provider_id for each in some] for some in gateway.asked] == [
        ["id0", "id1"], ["id2", "somebody-elses"],
    ]  # fmt: skip
    assert gateway.asked[0][0].to.startswith("+7916")
    # What it says of a message that it was not asked about in this turn counts in its own.
    assert (await cascades.last(first)).reported is None
    gateway.ends = dict.fromkeys(["id0", "id1", "id2", "somebody-elses"], ARRIVED)
    gateway.asked.clear()
    clock.advance(seconds=59)
    assert not await ask_gateway(cascades.ctx, http, gateway)
    assert gateway.asked == []
    clock.advance(seconds=1)
    assert await ask_gateway(cascades.ctx, http, gateway)
    assert [(await cascades.last(each)).reported for each in (first, second, third)] == [
        ARRIVED, ARRIVED, None,
    ]  # fmt: skip

    old = await sent(cascades, "old")
    clock.advance(seconds=(LASTS - timedelta(seconds=1)).total_seconds())
    assert not await give_up_asking(clock())
    assert (await cascades.last(old)).reported is None
    clock.advance(seconds=1)
    await give_up_asking(clock())
    assert (await cascades.last(old)).reported is Reported.UNKNOWN
    assert await says(cascades, Report("old", ARRIVED)) == 1
    assert (await cascades.last(old)).reported is ARRIVED
