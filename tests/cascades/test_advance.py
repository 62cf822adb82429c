"""A message that does not arrive goes on by the next channel, and not further than it must."""

import pytest

from backend.cascades import advance as advancing
from backend.customers.choices.stop_advertising import stop_advertising
from backend.platform.database import transaction
from models.campaign import Campaign
from models.consent_state import ConsentState
from models.contact import Contact, ContactKind
from models.customer import Customer
from models.identity import Identity
from models.message import Delivery, DeliveryState
from models.message_purpose import MessagePurpose
from tests.cascades.conftest import EMAIL, SMS, TELEGRAM, Cascades
from tests.support.clock import StoppedClock

QUEUED, DELIVERED, FAILED = DeliveryState.QUEUED, DeliveryState.DELIVERED, DeliveryState.FAILED


async def test_the_next_has_its_turn_when_the_time_is_over_and_at_once_after_a_failure(
    cascades: Cascades, clock: StoppedClock
) -> None:
    campaign = await cascades.campaign(TELEGRAM, EMAIL, SMS)
    message = await cascades.message(campaign, await cascades.somebody())
    await cascades.ends(message, DELIVERED)
    await cascades.passes()
    clock.advance(minutes=59)
    await cascades.passes()
    assert await cascades.way(message) == [("telegram", "delivered")]
    clock.advance(minutes=2)
    await cascades.passes()
    # Twice, as after a killed process or by two at once.
    await cascades.passes()
    assert await cascades.way(message) == [("telegram", "delivered"), ("email", "queued")]
    mail = await cascades.last(message)
    assert (mail.due_at, mail.promo, mail.counted) == (clock(), True, False)
    await cascades.ends(message, FAILED)
    await cascades.passes()
    assert [channel for channel, _ in await cascades.way(message)] == ["telegram", "email", "sms"]
    await cascades.ends(message, FAILED)
    await cascades.passes()
    assert (await cascades.way(message))[-1] == ("sms", "failed")
    assert not await Delivery.filter(next_at__isnull=False).exists()


async def test_what_counts_as_arrived(cascades: Cascades, clock: StoppedClock) -> None:
    """Accepted: at once. Delivered: of channels that nobody reports on, too. Clicked: a click."""
    somebody = await cascades.somebody()
    accepted = await cascades.campaign({"channel": "telegram", "arrived": "accepted"}, SMS)
    silent = await cascades.campaign({**TELEGRAM, "arrived": "delivered"}, SMS)
    clicked = await cascades.campaign(TELEGRAM, SMS)
    doubted = await cascades.campaign(TELEGRAM, SMS)
    alone = await cascades.campaign(TELEGRAM)
    found = [
        await cascades.message(each, somebody)
        for each in (accepted, silent, clicked, doubted, alone)
    ]
    for message in found:
        doubt = message is found[3]
        await cascades.ends(message, DeliveryState.IN_DOUBT if doubt else DELIVERED)
    await cascades.passes()
    clock.advance(minutes=30)
    cascades.clicked.add(found[2].id)
    clock.advance(hours=5)
    await cascades.passes()
    for message in found:
        assert len(await cascades.way(message)) == 1

    service = await cascades.campaign(TELEGRAM, SMS)
    await Campaign.filter(id=service.id).update(purpose=MessagePurpose.SERVICE)
    await service.refresh_from_db()
    message = await cascades.message(service, somebody)
    await cascades.ends(message, DeliveryState.IN_DOUBT)
    await cascades.passes()
    assert await cascades.way(message) == [("telegram", "in_doubt"), ("sms", "queued")]


@pytest.mark.parametrize("why", ["withdrawn", "deleted", "cancelled", "stale", "stopped"])
async def test_nothing_follows(cascades: Cascades, clock: StoppedClock, why: str) -> None:
    campaign = await cascades.campaign(TELEGRAM, SMS, stale_minutes=90)
    person = await cascades.somebody()
    message = await cascades.message(campaign, person)
    await cascades.ends(message, DeliveryState.STOPPED if why == "stopped" else DELIVERED)
    await cascades.passes()
    clock.advance(minutes=10)
    if why == "withdrawn":
        # Of the channel by which it came alone: whoever turns one off wants it by no other.
        await stop_advertising(
            cascades.ctx, person.id, brand_id=cascades.brand.id, channel="telegram"
        )
        assert await ConsentState.filter(channel="sms", granted=True).exists()
    if why == "deleted":
        await Customer.filter(id=person.id).update(deleted_at=clock())
    if why == "cancelled":
        await Campaign.filter(id=campaign.id).update(state="cancelled")
    clock.advance(minutes=85 if why == "stale" else 60)
    await cascades.passes()
    assert len(await cascades.way(message)) == 1
    assert not await Delivery.filter(next_at__isnull=False).exists()


async def test_channels_that_lead_nowhere_are_skipped(
    cascades: Cascades, clock: StoppedClock
) -> None:
    campaign = await cascades.campaign(TELEGRAM, EMAIL, SMS)
    people = [
        await cascades.somebody(("telegram", "sms")),
        await cascades.somebody(),
        await cascades.somebody(("telegram",)),
        await cascades.somebody(),
    ]
    await Contact.filter(customer_id=people[1].id, kind=ContactKind.EMAIL).update(verified_at=None)
    found = [await cascades.message(campaign, person) for person in people]
    for message in found:
        await cascades.ends(message, FAILED)
    await cascades.passes()
    ways = [[channel for channel, _ in await cascades.way(message)] for message in found]
    assert ways == [["telegram", "sms"], ["telegram", "sms"], ["telegram"], ["telegram", "email"]]

    cascades.channels = ("telegram", "sms")
    another = await cascades.message(campaign, people[3])
    await cascades.ends(another, FAILED)
    await cascades.passes()
    assert await cascades.way(another) == [("telegram", "failed"), ("sms", "queued")]

    back = await cascades.campaign(SMS, TELEGRAM)
    await Identity.filter(customer_id=people[0].id).update(blocked_at=clock())
    for person, length in ((people[0], 1), (people[1], 2)):
        message = await cascades.message(back, person)
        await cascades.ends(message, FAILED)
        await cascades.passes()
        assert len(await cascades.way(message)) == length


async def test_the_cheapest_goes_first_where_the_plan_says_so(cascades: Cascades) -> None:
    cascades.prices = {"sms": 150, "email": 2}
    person = await cascades.somebody()
    for cheapest, expected in ((True, "email"), (False, "sms")):
        campaign = await cascades.campaign(TELEGRAM, SMS, EMAIL, cheapest_first=cheapest)
        message = await cascades.message(campaign, person)
        await cascades.ends(message, FAILED)
        await cascades.passes()
        assert (await cascades.last(message)).channel == expected


async def test_a_process_that_dies_in_the_middle_neither_forgets_nor_repeats(
    cascades: Cascades, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = await cascades.campaign(TELEGRAM, SMS)
    message = await cascades.message(campaign, await cascades.somebody())
    await cascades.ends(message, FAILED)
    await cascades.passes_until_planned()
    settled = advancing._SETTLED
    monkeypatch.setattr(advancing, "_SETTLED", "SELECT no_such_column FROM deliveries")
    with pytest.raises(Exception, match="no_such_column"):
        await cascades.advance()
    assert await cascades.way(message) == [("telegram", "failed")]
    monkeypatch.setattr(advancing, "_SETTLED", settled)
    async with transaction():
        await cascades.advance()
    await Delivery.filter(channel="telegram").update(next_at=cascades.ctx.clock())
    await cascades.advance()
    assert await cascades.way(message) == [("telegram", "failed"), ("sms", "queued")]
