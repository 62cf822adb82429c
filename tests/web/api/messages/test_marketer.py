"""Вера of «Лавка» sends a campaign over HTTP, from the segment to the report."""

from collections import Counter
from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from backend.campaigns.send_campaigns import CampaignsOnTheirWay
from backend.messaging.channel import Channels
from backend.messaging.registry import open_channels
from backend.messaging.telegram.pace_memory import memory_pacer
from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.reactions import reactions
from backend.web.api.v1.messages.template_shown import ENTRY as TEMPLATE
from backend.web.api.v1.onboarding import brands, programs
from models.account import Account
from models.brand import Brand
from models.campaign import Campaign, CampaignState
from models.city import City
from models.customer import Customer
from models.message import Delivery, DeliveryState
from models.template import SampleReader
from tests.support.caller import Caller
from tests.support.edge.noting_telegram import TOKEN, NotingTelegram
from tests.support.factory.agreeing import audience
from tests.support.factory.customers import has_blocked
from tests.support.machine.running import in_background
from tests.support.machine.waiting import until
from tests.support.outbox import run_due

A, B = "До субботы баллы вдвое", "Вдвое больше баллов до субботы"


@pytest.fixture
async def telegram() -> AsyncIterator[NotingTelegram]:
    async with NotingTelegram() as running:
        yield running


@pytest.fixture
async def channels(telegram: NotingTelegram) -> AsyncIterator[Channels]:
    settings = Settings(bot_api_url=telegram.url, bot_token=SecretStr(TOKEN))
    async with open_channels(settings, memory_pacer(40)) as opened:
        yield opened


async def test_from_the_segment_to_the_report(
    vera: Caller, ctx: Context, lavka: Account, telegram: NotingTelegram, channels: Channels
) -> None:
    await vera.post("/programs", {"key": "lavka-card", **programs.ENTRY})
    await vera.post("/brands", brands.EXAMPLE)
    people = await audience(ctx, lavka, await Brand.get(key="lavka"), 85)
    kazan = await City.get(key="kazan")
    await Customer.filter(id__in=[person.id for person in people[:80]]).update(city_id=kazan.id)
    for person in people[:3]:
        await has_blocked(person, ctx.clock())
    assert (await vera.post("/templates", {"key": "spring-sale", **TEMPLATE})).status == 201
    segment = {"key": "kazan", "name": "Казань", "tree": {"field": "city", "in": ["kazan"]}}
    assert (await vera.post("/segments", segment)).status == 201
    other = {"name": "B", "share": 50, "content": {"ru": {"text": B}}}
    entry = {"brand": "lavka", "name": "Весна", "segment": "kazan", "holdout": 20, "variants": [
        {"name": "A", "share": 50, "template": "spring-sale"}, other]}  # fmt: skip
    place = f"/campaigns/{(await vera.post('/campaigns', entry)).json['id']}"
    seen = (await vera.get(f"{place}/preview")).json
    assert seen["left_out"] == {"no_consent": 0, "not_reachable": 3}
    assert "Kazan" in seen["sentence"]["en"]
    assert (seen["meant"], seen["recipients"] + seen["held_out"]) == (80, 77)
    told = {(each["variant"], each["language"]): each["text"] for each in seen["forms"]}
    assert told["B", "ru"].startswith(B)
    assert "Реклама. ООО «Лавка»" in told["A", "ru"]

    # A test of it, to somebody of the house who wants to see it.
    await SampleReader.create(account=lavka, customer=people[84], created_at=ctx.clock())
    tried = await vera.post("/templates/spring-sale/test", {"customer": people[84].id})
    assert tried.status == 202, tried.text
    await run_due(ctx, reactions(channels, ctx.clock))
    assert len(telegram.arrived) == 1
    assert "Реклама. ООО «Лавка»" in telegram.text

    async with in_background(CampaignsOnTheirWay(ctx, channels).keep()):
        assert (await vera.post(f"{place}/start", None)).status == 200
        await telegram.has_sent(9)
        paused = await vera.post(f"{place}/pause", None)
        assert "paused_at" in paused.json
        await until(_nothing_leaves, "what had left")
        arrived = len(telegram.arrived)
        for _ in range(20):
            watched = (await vera.get(f"{place}/progress")).json
        assert "paused_at" in watched
        assert len(telegram.arrived) == arrived <= watched["recipients"]
        assert (await vera.post(f"{place}/resume", None)).status == 200
        await until(_is_done, "the end")

    done = (await vera.get(place)).json
    assert (done["state"], done["recipients"] + done["held_out"]) == ("done", 77)
    watched = (await vera.get(f"{place}/progress")).json
    assert watched["states"] == {"delivered": done["recipients"]}
    assert watched["settled"] == done["recipients"]
    items = (await vera.get(f"/messages?campaign={done['id']}&limit=200")).json["items"]
    assert Counter(each["held_out"] for each in items) == {
        True: done["held_out"], False: done["recipients"],
    }  # fmt: skip
    assert {each["attempts"][0]["state"] for each in items if each["attempts"]} == {"delivered"}
    assert {each.get("variant") for each in items if not each["held_out"]} == {"A", "B"}
    assert len(telegram.sent) == len(telegram.arrived) == done["recipients"] + 1


async def _nothing_leaves() -> bool:
    return not await Delivery.filter(state=DeliveryState.SENDING).exists()


async def _is_done() -> bool:
    return await Campaign.filter(state=CampaignState.DONE).exists()
