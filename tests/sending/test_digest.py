"""Advertising once a day: one message at noon where the person lives, each brand's by the rules."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from backend.campaigns.campaign_count import in_digest
from backend.customers.choices.choose_digest import choose_digest
from backend.messaging.channel import Handed, Unreachable
from backend.messaging.handover import Handover
from backend.messaging.said import Button
from backend.platform.context import Context
from backend.platform.failures import TryLater
from models.account import Account
from models.brand import Brand
from models.campaign import Campaign, CampaignState
from models.city import City
from models.consent_state import ConsentState
from models.customer import Customer
from models.message import Delivery, DeliveryState
from models.message_purpose import MessagePurpose
from models.messaging_rules import MessagingRules
from models.program import Program
from tests.sending.noted import Noted
from tests.sending.test_rules_at_the_door import quiet, ready, sending, states
from tests.support.clock import StoppedClock
from tests.support.factory.agreeing import audience
from tests.support.factory.brands import make_brand, shop

# Ten in the morning in Moscow.
MORNING = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
NOON = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


@pytest.fixture
def clock(clock: StoppedClock) -> StoppedClock:
    clock.now = MORNING
    return clock


@dataclass
class Shown(Noted):
    """Keeps the buttons too. `fails`: how the next hand-overs end."""

    buttons: list[Sequence[Button]] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)

    async def send(self, handover: Handover) -> Handed:
        if self.fails:
            raise self.fails.pop(0)
        self.buttons.append(handover.said.buttons())
        return await super().send(handover)


@dataclass
class Street:
    """Two brands of one account, and somebody who allows both their advertising."""

    account: Account
    program: Program
    lavka: Brand
    pekarnya: Brand
    anna: Customer


@pytest.fixture
async def street(ctx: Context) -> Street:
    account, program, lavka = await shop()
    pekarnya = await make_brand(program, "pekarnya")
    (anna,) = await audience(ctx, account, lavka, 1)
    state = await ConsentState.get(customer_id=anna.id)
    await ConsentState.create(
        customer_id=anna.id, purpose=state.purpose, subject_id=pekarnya.id, channel="telegram",
        granted=True, document_id=state.document_id, at=state.at,
    )  # fmt: skip
    await choose_digest(ctx, anna, wanted=True)
    return Street(account, program, lavka, pekarnya, anna)


def opening(text: str, url: str) -> list[dict[str, object]]:
    content = {"ru": {"text": text, "button": "Посмотреть"}, "opens": {"url": url}}
    return [{"name": "A", "share": 100, "content": content}]


async def test_one_message_at_noon_with_a_line_of_each(
    ctx: Context, clock: StoppedClock, street: Street
) -> None:
    long = "Кофе в зёрнах дешевле. " * 20
    said = opening(f"{long}\nhttps://lavka.example/a", "https://lavka.example/b")
    await ready(ctx, street.lavka, variants=said)
    await ready(ctx, street.pekarnya, text="Булки <даром>\nи ещё строка")
    channel = Shown(clock)
    async with sending(ctx, channel) as ways:
        await quiet(ways)
        assert channel.sent == []
        assert await states() == {"queued digest": 2}
        assert {each.digest_at for each in await Delivery.all()} == {NOON}
        assert await Campaign.filter(state=CampaignState.SENDING).count() == 2, "they wait for it"
        clock.now = NOON
        await quiet(ways)
    ((person, at, text),) = channel.sent
    assert (person, at) == (street.anna.id, NOON)
    assert text.startswith(f"Реклама на сегодня, одним сообщением {street.lavka.name_ru} Кофе в")
    assert "https://k.example/l/" in text, "the link of what is left out"
    assert "Булки <даром> Реклама. a, ИНН 1" in text
    assert "строка" not in text
    assert text.count("Реклама. a, ИНН 1") == 2
    look, *stops = channel.buttons[0]
    assert look.label == f"{street.lavka.name_ru}: Посмотреть"
    assert "/l/" in look.url
    assert [each.action.id for each in stops if each.action] == [
        street.lavka.id,
        street.pekarnya.id,
    ]
    assert await states() == {"delivered": 2}
    assert len({each.provider_id for each in await Delivery.all()}) == 1
    assert await Campaign.filter(state=CampaignState.DONE).count() == 2


async def test_once_a_day_at_most_and_what_is_not_advertising_at_once(
    ctx: Context, clock: StoppedClock, street: Street
) -> None:
    channel = Noted(clock)
    async with sending(ctx, channel) as ways:
        await ready(ctx, street.lavka)
        await quiet(ways)
        clock.now = NOON
        await quiet(ways)
        await ready(ctx, street.pekarnya)
        # As if it had been put off a moment before the other left.
        await quiet(ways)
        await Delivery.filter(state=DeliveryState.QUEUED).update(digest_at=NOON)
        await quiet(ways)
        assert len(channel.sent) == 1
        (left,) = await Delivery.filter(state=DeliveryState.QUEUED)
        assert left.digest_at == NOON + timedelta(days=1)
        clock.now = NOON + timedelta(days=1)
        await quiet(ways)
        assert len(channel.sent) == 2
    assert await states() == {"delivered": 2}


async def test_each_is_asked_about_as_if_it_left_by_itself(
    ctx: Context, clock: StoppedClock, street: Street
) -> None:
    """Consent, caps and cancelling at noon; what was paused comes with the day after."""
    await MessagingRules.create(account=street.account, per_day=1)
    channel = Noted(clock)
    async with sending(ctx, channel) as ways:
        first = await ready(ctx, street.lavka, capped=True, text="первая")
        await ready(ctx, street.lavka, capped=True, text="вторая")
        refused = await ready(ctx, street.pekarnya, text="третья")
        cancelled = await ready(ctx, street.lavka, text="четвёртая")
        paused = await ready(ctx, street.lavka, text="пятая")
        stale = await ready(ctx, street.lavka, text="шестая", stale_minutes=60)
        await quiet(ways)
        await ConsentState.filter(subject_id=street.pekarnya.id).update(granted=False)
        await Campaign.filter(id=cancelled.id).update(state=CampaignState.CANCELLED)
        await Campaign.filter(id=paused.id).update(paused_at=clock())
        clock.now = NOON
        await quiet(ways)
        assert await states() == {
            "delivered": 1, "stopped capped": 1, "stopped no consent": 1, "stopped cancelled": 1,
            "stopped stale": 1, "queued digest": 1,
        }  # fmt: skip
        await Campaign.filter(id=paused.id).update(paused_at=None)
        await quiet(ways)
        assert len(channel.sent) == 1, "it has had its message of the day"
        clock.now = NOON + timedelta(days=1)
        await quiet(ways)
    assert [text.split()[7] for _, _, text in channel.sent] == ["первая", "пятая"]
    by_campaign = {
        each.message.campaign_id: each.reason
        for each in await Delivery.all().select_related("message")
    }
    assert (by_campaign[first.id], by_campaign[refused.id]) == ("", "no consent")
    assert by_campaign[stale.id] == "stale"


async def test_caps_of_all_brands_count_within_one_message(
    ctx: Context, clock: StoppedClock, street: Street
) -> None:
    channel = Noted(clock)
    async with sending(ctx, channel, promo_per_day=1) as ways:
        await ready(ctx, street.lavka, capped=True)
        await ready(ctx, street.pekarnya, capped=True)
        await quiet(ways)
        clock.now = NOON
        await quiet(ways)
    assert await states() == {"delivered": 1, "stopped capped": 1}


async def test_a_killed_process_leaves_all_of_it_in_doubt_and_tells_it_no_more(
    ctx: Context, clock: StoppedClock, street: Street
) -> None:
    channel = Noted(clock)
    async with sending(ctx, channel) as ways:
        for brand in (street.lavka, street.pekarnya):
            await ready(ctx, brand)
        await quiet(ways)
    await Delivery.all().update(state=DeliveryState.SENDING, attempts=1, changed_at=NOON)
    clock.now = NOON + timedelta(minutes=1)
    async with sending(ctx, channel) as ways:
        await ready(ctx, street.lavka)
        await quiet(ways)
    assert channel.sent == []
    assert await states() == {"in_doubt no answer to the request": 2, "queued digest": 1}
    last = await Delivery.get(state=DeliveryState.QUEUED)
    assert last.digest_at == NOON + timedelta(days=1)


async def test_what_the_channel_says_holds_for_all_of_it(
    ctx: Context, clock: StoppedClock, street: Street
) -> None:
    channel = Shown(clock, fails=[TryLater("busy", timedelta(seconds=5)), TryLater("away")])
    async with sending(ctx, channel) as ways:
        for brand in (street.lavka, street.pekarnya):
            await ready(ctx, brand)
        await quiet(ways)
        for _ in range(3):
            clock.now = max(NOON, clock.now + timedelta(minutes=1))
            await quiet(ways)
    assert len(channel.sent) == 1
    assert await states() == {"delivered": 2}
    channel = Shown(clock, fails=[Unreachable("blocked", gone=True)])
    async with sending(ctx, channel) as ways:
        await ready(ctx, street.lavka)
        await quiet(ways)
        clock.now = NOON + timedelta(days=1)
        await quiet(ways)
        assert await states() == {"delivered": 2, "failed blocked": 1}
    channel = Shown(clock, unsure={street.anna.id})


async def test_late_at_night_it_waits_for_the_next_noon(
    ctx: Context, clock: StoppedClock, street: Street
) -> None:
    """Where they live; an account that never speaks at noon is not heard."""
    east = await City.create(
        key="vladivostok", name_ru="В", name_en="V", lat=43, lon=131, population=1,
        timezone="Asia/Vladivostok",
    )  # fmt: skip
    await Customer.filter(id=street.anna.id).update(city_id=east.id)
    channel = Noted(clock)
    async with sending(ctx, channel) as ways:
        await ready(ctx, street.lavka)
        await quiet(ways)
        (waits,) = await Delivery.all()
        assert waits.digest_at == datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
        clock.now = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
        await quiet(ways)
        (waits,) = await Delivery.all()
        assert waits.digest_at == datetime(2026, 11, 23, 2, 0, tzinfo=UTC), "it is midnight there"
        await MessagingRules.create(account=street.account, quiet_from="10:00", quiet_until="20:00")
        await ready(ctx, street.pekarnya, quiet=True)
        await quiet(ways)
        clock.now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
        await quiet(ways)
    assert await states() == {"delivered": 1, "stopped quiet hours": 1}


async def test_who_wants_it_no_more_has_it_at_once(
    ctx: Context, clock: StoppedClock, street: Street
) -> None:
    channel = Noted(clock)
    async with sending(ctx, channel) as ways:
        campaign = await ready(ctx, street.lavka)
        await ready(ctx, street.pekarnya)
        assert await in_digest(ctx, campaign) == 1
        await quiet(ways)
        await choose_digest(ctx, street.anna, wanted=False)
        await quiet(ways)
        assert len(channel.sent) == 2
        assert await states() == {"delivered": 2}
        assert await in_digest(ctx, campaign) == 0
        # Chosen while it was in hand already: asked right before it leaves.
        await ready(ctx, street.lavka, purpose=MessagePurpose.PROMO)
        await choose_digest(ctx, street.anna, wanted=True)
        await quiet(ways)
    assert len(channel.sent) == 2


async def test_what_does_not_fit_comes_the_next_day(
    ctx: Context, clock: StoppedClock, street: Street
) -> None:
    channel = Noted(clock)
    async with sending(ctx, channel) as ways:
        for number in range(14):
            await ready(ctx, street.lavka, text=f"{number}: {'слово ' * 60}")
        await quiet(ways)
        for day in range(2):
            clock.now = NOON + timedelta(days=day)
            await quiet(ways)
            assert len(channel.sent) == day + 1
    assert await states() == {"delivered": 14}
    assert all(len(text) <= 4096 for _, _, text in channel.sent)
