"""Whatever happens to messages, in whatever order: each goes by the channels that it may, one after
the other, and no further than it must. A naive reckoning beside the real one."""

import random
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from tortoise.exceptions import OperationalError

from backend.cascades import advance as advancing
from backend.cascades.report import Word, take_reports
from backend.customers.choices.stop_advertising import stop_advertising
from backend.messaging.reports import Report
from models.campaign import Campaign
from models.contact import Contact, ContactKind
from models.customer import Customer
from models.message import Delivery, DeliveryState, Message, Reported
from tests.cascades.conftest import ALL, Cascades
from tests.support.clock import StoppedClock

ENDS = [DeliveryState.DELIVERED] * 6 + [DeliveryState.FAILED] * 5
ENDS += [DeliveryState.IN_DOUBT, DeliveryState.STOPPED]
REPORTS = [Reported.DELIVERED, Reported.UNDELIVERED]


@dataclass
class Try:
    """As the naive reckoning sees it."""

    channel: str
    ended: DeliveryState | None = None
    at: datetime | None = None
    reported: Reported | None = None


@dataclass
class One:
    message: Message
    person: Customer
    plan: Campaign
    tries: list[Try]
    allowed: set[str]
    has: set[str] = field(default_factory=lambda: set(ALL))
    clicked: bool = False
    refused: bool = False


def goes_on(one: One, now: datetime) -> str:
    """The channel that has its turn now; "" where it waits, has arrived or may not."""
    steps = {each["channel"]: each for each in one.plan.plan["cascade"]}
    last = one.tries[-1]
    if last.ended is None or last.at is None or one.clicked or one.refused:
        return ""
    if any(each.reported is Reported.DELIVERED for each in one.tries):
        return ""
    stale = one.plan.plan.get("stale_minutes")
    if stale and now >= one.message.created_at + timedelta(minutes=stale):
        return ""
    if last.ended in {DeliveryState.STOPPED, DeliveryState.IN_DOUBT}:
        return ""
    step, came_back = steps[last.channel], last.reported is Reported.UNDELIVERED
    if last.ended is DeliveryState.DELIVERED and not came_back:
        silent = step["arrived"] == "delivered" and last.channel != "sms"
        minute = last.at.replace(second=0, microsecond=0) + timedelta(minutes=1)
        due = minute + timedelta(minutes=step["wait_minutes"])
        if step["arrived"] == "accepted" or silent or now < due:
            return ""
    tried = {each.channel for each in one.tries}
    left = [each for each in steps if each not in tried and each in one.allowed & one.has]
    return left[0] if left else ""


@pytest.mark.parametrize("seed", [1, 2])
async def test_each_goes_as_far_as_it_must(
    cascades: Cascades, clock: StoppedClock, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = random.Random(seed)
    monkeypatch.setattr(advancing, "BATCH", 3)
    everybody = [await started(cascades, dice) for _ in range(20)]
    for _ in range(25):
        clock.advance(seconds=dice.randrange(20, 3000))
        for one in everybody:
            await happens(cascades, dice, one, clock())
        await worked(cascades, dice)
        for one in everybody:
            expected = goes_on(one, clock())
            one.tries += [Try(expected)] if expected else []
            way = await cascades.way(one.message)
            assert [channel for channel, _ in way] == [each.channel for each in one.tries]
    assert {len(one.tries) for one in everybody} >= {1, 2, 3}


async def started(cascades: Cascades, dice: random.Random) -> One:
    steps = [
        {
            "channel": channel,
            "wait_minutes": dice.choice([0, 10, 90]),
            "arrived": dice.choice(["accepted", "delivered", "clicked", "clicked"]),
        }
        for channel in dice.sample(ALL, dice.choice([2, 3, 3]))
    ]
    plan = {"stale_minutes": 600} if dice.random() < 0.3 else {}
    campaign = await cascades.campaign(*steps, **plan)
    first = {str(steps[0]["channel"])}
    allowed = first | {each for each in ALL if dice.random() < 0.85}
    person = await cascades.somebody(sorted(allowed))
    message = await cascades.message(campaign, person)
    return One(message, person, campaign, [Try(str(steps[0]["channel"]))], allowed)


async def happens(cascades: Cascades, dice: random.Random, one: One, now: datetime) -> None:
    last = one.tries[-1]
    if last.ended is None and dice.random() < 0.6:
        last.ended, last.at = dice.choice(ENDS), now
        delivery = await cascades.ends(one.message, last.ended)
        # As the gateway knows it.
        await Delivery.filter(id=delivery.id).update(provider_id=f"id-{delivery.id}")
    if last.ended is DeliveryState.DELIVERED and last.channel == "sms" and dice.random() < 0.2:
        told = dice.choice(REPORTS)
        delivery = await cascades.last(one.message)
        words = [Word(Report(f"id-{delivery.id}", told))] * dice.choice([1, 2])
        await take_reports(cascades.ctx, "sms", words)
        heavier = last.reported is not Reported.DELIVERED
        last.reported = told if heavier else last.reported
    if dice.random() < 0.02:
        one.clicked = True
        cascades.clicked.add(one.message.id)
    if dice.random() < 0.02:
        one.refused = True
        await stop_advertising(cascades.ctx, one.person.id)
    if dice.random() < 0.02 and "sms" in one.has:
        one.has.discard("sms")
        gone = Contact.filter(customer_id=one.person.id, kind=ContactKind.PHONE)
        await gone.update(verified_at=None)


async def worked(cascades: Cascades, dice: random.Random) -> None:
    """The worker's round, at times twice, at times after one that died in the middle."""
    await cascades.passes_until_planned()
    if dice.random() < 0.3:
        settled, advancing._SETTLED = advancing._SETTLED, "SELECT none FROM deliveries"
        with suppress(OperationalError):
            await cascades.advance()
        advancing._SETTLED = settled
    for _ in range(dice.choice([1, 2])):
        await cascades.passes()
