"""«Ромашка» tells its people about cheaper coffee."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from backend.campaigns import collect_campaign as collecting
from backend.campaigns.campaign_progress import campaign_progress
from backend.campaigns.collect_campaign import collect_campaign
from backend.campaigns.send_campaigns import send_campaign
from backend.campaigns.start_campaign import (
    CampaignOrder,
    CampaignRefused,
    preview_campaign,
    start_campaign,
)
from backend.customers.choices.stop_advertising import stop_advertising
from backend.messaging.channel import Channels
from backend.platform.clock import utc_now
from backend.platform.context import Context
from backend.sending import lane
from backend.sending.begin import begin
from backend.sending.voice import Caps
from backend.sending.waiting import Waiting
from models.campaign import Campaign, CampaignState
from models.card import Card
from models.city import City
from models.consent_state import ConsentState
from models.customer import Customer
from models.identity import Identity
from models.message import Delivery, DeliveryState, Message
from tests.support.edge.noting_telegram import NotingTelegram
from tests.support.factory.agreeing import FIRST_CHAT, agreed, audience
from tests.support.factory.brands import shop
from tests.support.factory.customers import chat_of, has_blocked

ORDER = CampaignOrder(brand="romashka", text="Кофе дешевле & вкуснее", erid="2VtzqwXYZ")


@pytest.fixture(autouse=True)
def on_both(database: str) -> None:
    """Every test here runs on SQLite and on PostgreSQL."""


async def test_it_carries_the_label_and_its_own_switch(
    ctx: Context, channels: Channels, telegram: NotingTelegram
) -> None:
    account, _, brand = await shop()
    await audience(ctx, account, brand, 3)
    campaign = await start_campaign(ctx, ORDER)
    await send_campaign(ctx, channels, campaign)
    assert sorted(telegram.chats) == [FIRST_CHAT, FIRST_CHAT + 1, FIRST_CHAT + 2]
    assert "Кофе дешевле &amp; вкуснее" in telegram.text
    assert f"Реклама. {account.legal_name_ru}, ИНН {account.inn} · erid: 2VtzqwXYZ" in telegram.text
    assert f"adoff:{brand.id}:telegram" in telegram.markup
    assert campaign.state is CampaignState.DONE
    assert (await campaign_progress(campaign)).states == {"delivered": 3}


async def test_only_those_who_allowed_it_and_live_there(
    ctx: Context, channels: Channels, telegram: NotingTelegram
) -> None:
    """Blocked, deleted, of another city or of none, without Telegram, without consent: none of
    them."""
    account, program, brand = await shop()
    city = await City.create(
        key="kazan", name_ru="Казань", name_en="Kazan", lat=1, lon=1, population=1, timezone="UTC"
    )
    perm = await City.create(
        key="perm", name_ru="Пермь", name_en="Perm", lat=2, lon=2, population=1, timezone="UTC"
    )
    people = await audience(ctx, account, brand, 7)
    await Customer.all().update(city_id=city.id)
    await Customer.filter(id=people[0].id).update(city_id=None)
    await Customer.filter(id=people[6].id).update(city_id=perm.id)
    await has_blocked(people[1], ctx.clock())
    await Customer.filter(id=people[2].id).update(deleted_at=ctx.clock())
    await Identity.filter(customer_id=people[3].id).delete()
    await ConsentState.filter(customer_id=people[4].id).update(granted=False)
    await agreed(ctx, (account, program, brand), channels=("email",))
    order = CampaignOrder(brand="romashka", text="Привет", city="kazan")
    assert (await preview_campaign(ctx, order)).recipients == 1
    campaign = await start_campaign(ctx, order)
    await send_campaign(ctx, channels, campaign)
    assert telegram.chats == [await chat_of(people[5])]
    assert await Delivery.all().count() == 1


async def test_it_stands_in_the_history_of_the_card(
    ctx: Context, channels: Channels, telegram: NotingTelegram
) -> None:
    account, program, brand = await shop()
    (anna,) = await audience(ctx, account, brand, 1)
    card = await Card.create(
        customer=anna, program=program, brand=brand, printed_number="1", barcode_value="1",
        barcode_format="code128", origin="issued", created_at=ctx.clock(),
    )  # fmt: skip
    await send_campaign(ctx, channels, await start_campaign(ctx, ORDER))
    assert (await Message.get()).card_id == card.id


@pytest.mark.parametrize(
    ("order", "what"),
    [
        (CampaignOrder(brand="nobody", text="x"), "no brand has the key nobody"),
        (
            CampaignOrder(brand="romashka", text="x", city="atlantis"),
            "no city has the key atlantis",
        ),
        (CampaignOrder(brand="romashka", text="  "), "0 characters"),
        (CampaignOrder(brand="romashka", text="x" * 3501), "3501 characters"),
    ],
)
async def test_a_wrong_order_is_refused(ctx: Context, order: CampaignOrder, what: str) -> None:
    await shop()
    with pytest.raises(CampaignRefused, match=what):
        await start_campaign(ctx, order)


async def test_recipients_are_written_in_batches_that_resume(
    ctx: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the first batch: the next process goes on there, nobody is written twice."""
    account, _, brand = await shop()
    await audience(ctx, account, brand, 2500)
    campaign = await start_campaign(ctx, ORDER)
    assert await collect_campaign(campaign)
    again = await Campaign.get(id=campaign.id)
    assert again.recipients == collecting.BATCH
    while await collect_campaign(again):
        continue
    assert (await Campaign.get(id=campaign.id)).recipients == 2500
    assert await Delivery.all().count() == await Message.all().count() == 2500


async def test_after_a_429_the_gate_is_asked_anew(
    ctx: Context, channels: Channels, telegram: NotingTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram says «wait»; while the message waits the person says no."""
    account, _, brand = await shop()
    (anna,) = await audience(ctx, account, brand, 1)
    times = 0

    async def says_no_between(*asked: Any) -> Any:
        nonlocal times
        times += 1
        if times == 2:
            await stop_advertising(ctx, anna.id)
        return await begin(*asked)

    monkeypatch.setattr(lane, "begin", says_no_between)
    telegram.busy = 1
    await send_campaign(replace(ctx, clock=utc_now), channels, await start_campaign(ctx, ORDER))
    assert telegram.busy == 0, "it was on its way once"
    assert telegram.arrived == []
    delivery = await Delivery.get()
    assert (delivery.state, delivery.reason) == (DeliveryState.STOPPED, "no consent")


@pytest.mark.slow
@pytest.mark.parametrize("pending", [2_000, pytest.param(10_000, marks=pytest.mark.long)])
@pytest.mark.sample("sqlite")
async def test_thousands_and_people_who_say_no_meanwhile(
    ctx: Context, channels: Channels, telegram: NotingTelegram, monkeypatch: pytest.MonkeyPatch,
    pending: int,
) -> None:  # fmt: skip
    """10,000 pending messages, 1,500 taps while they go out: not one is handed over after its
    tap is committed."""
    account, _, brand = await shop()
    people = await audience(ctx, account, brand, pending)
    by_chat = {await chat_of(person): person.id for person in people}
    asked: dict[int, float] = {}
    committed: dict[int, float] = {}

    async def noted(now: datetime, channel: str, group: Sequence[tuple[Waiting, Caps]]) -> Any:
        at = time.monotonic()
        asked.update({each.customer_id: at for each, _ in group})
        return await begin(now, channel, group)

    monkeypatch.setattr(lane, "begin", noted)
    campaign = await start_campaign(ctx, ORDER)
    live = replace(ctx, clock=utc_now)
    sending = asyncio.create_task(send_campaign(live, channels, campaign))
    chosen = random.Random(7).sample(people, pending * 15 // 100)
    await telegram.has_sent(50)
    for person in chosen:
        if sending.done():
            break
        await stop_advertising(ctx, person.id, brand_id=brand.id, tapped_at=ctx.clock())
        committed[person.id] = time.monotonic()
        await asyncio.sleep(0)
    await sending

    arrived = {by_chat[chat]: at for chat, at in telegram.arrived}
    assert len(arrived) == len(telegram.arrived), "nobody has it twice"
    handed_over_late = [
        person for person, at in committed.items() if person in arrived and asked[person] > at
    ]
    assert handed_over_late == [], "the gate was asked after the tap and let it pass"
    # What had left before the tap may arrive during it: what was asked about right before.
    crossing = [person for person, at in committed.items() if arrived.get(person, 0.0) > at]
    assert len(crossing) <= 25
    states = (await campaign_progress(campaign)).states
    assert states["stopped"] > pending // 100, "the taps came while it went out"
    assert states["delivered"] + states["stopped"] == pending
    assert states["delivered"] == len(arrived)
    stopped = await Delivery.filter(state=DeliveryState.STOPPED).values_list("message__customer_id")
    assert {customer for (customer,) in stopped} <= set(committed)


async def test_looking_first_tells_who_and_what_and_writes_nothing(ctx: Context) -> None:
    account, _, brand = await shop()
    people = await audience(ctx, account, brand, 4)
    await has_blocked(people[0], ctx.clock())
    await ConsentState.filter(customer_id=people[1].id).update(granted=False)
    preview = await preview_campaign(ctx, ORDER)
    assert preview.recipients == 2
    assert preview.texts["ru"].startswith("Кофе дешевле & вкуснее")
    assert "erid: 2VtzqwXYZ" in preview.texts["en"]
    assert not await Campaign.exists()
    assert not await Message.exists()


async def test_ordered_twice_under_one_key_is_one_campaign(
    ctx: Context, channels: Channels, telegram: NotingTelegram
) -> None:
    """The command was killed after its commit and before its line, and typed again; or two
    schedulers typed it at once."""
    account, _, brand = await shop()
    await audience(ctx, account, brand, 2)
    order = replace(ORDER, once="autumn")
    started = await asyncio.gather(*(start_campaign(ctx, order) for _ in range(5)))
    assert len({campaign.id for campaign in started}) == 1
    await send_campaign(ctx, channels, started[0])
    again = await start_campaign(ctx, order)
    assert again.state is CampaignState.DONE
    assert len(telegram.chats) == 2
    with pytest.raises(CampaignRefused, match="--once autumn was used for campaign"):
        await start_campaign(ctx, replace(order, text="Другое"))
    other = await start_campaign(ctx, replace(ORDER, once="winter"))
    assert {other.id, (await start_campaign(ctx, ORDER)).id}.isdisjoint({started[0].id})
