"""Вера writes campaigns of «Лавка» over HTTP, Борис approves them."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from backend.access.rights import Right
from backend.campaigns.collect_campaign import collect_campaign
from backend.campaigns.start_campaign import CampaignOrder, start_campaign
from backend.platform.context import Context
from backend.web.api.v1.messages.campaign_examples import ENTRY
from backend.web.api.v1.messages.template_shown import ENTRY as TEMPLATE
from backend.web.api.v1.onboarding import brands, programs
from models.account import Account
from models.brand import Brand
from models.campaign import Campaign
from models.campaign_count import CampaignCount
from models.message import Delivery, DeliveryState
from tests.support.caller import Caller, caller
from tests.support.factory.agreeing import audience
from tests.web.api.onboarding.test_resources import as_declared

PLACE = "/campaigns/{campaign}"
LESS: dict[str, Any] = {"name": "Осень", "variants": [{"name": "A", "template": "spring-sale"}]}


@pytest.fixture
async def brand(vera: Caller) -> Brand:
    await vera.post("/programs", {"key": "lavka-card", **programs.ENTRY})
    await vera.post("/brands", brands.EXAMPLE)
    made = await vera.post("/templates", {"key": "spring-sale", **TEMPLATE})
    assert made.status == 201, made.text
    return await Brand.get(key="lavka")


async def test_what_was_entered_is_kept_whole(vera: Caller, brand: Brand) -> None:
    made = await vera.post("/campaigns", {"brand": "lavka", **ENTRY})
    shown = as_declared(made, "/campaigns", "post")
    assert (shown["state"], shown["advertiser"], shown["holdout"]) == ("draft", "ООО «Лавка»", 10)
    place = f"/campaigns/{shown['id']}"
    assert made.headers["Location"].endswith(place)
    # What was read may be written again: nothing changes.
    names = set(ENTRY) | {"purpose", "cheapest_first", "quiet", "capped", "advertiser", "inn"}
    entry = {name: value for name, value in shown.items() if name in names}
    again = await vera.put(place, entry, if_match=made.etag)
    assert (again.status, again.etag) == (200, made.etag), again.text
    # A template is taken over as it is now.
    taken = await vera.put(place, LESS, if_match=made.etag)
    assert as_declared(taken, PLACE, "put")["variants"][0]["content"] == TEMPLATE["content"]
    stands = await vera.get("/templates/spring-sale")
    other = {**TEMPLATE, "content": {"ru": {"text": "Чай"}}}
    assert (await vera.put("/templates/spring-sale", other, if_match=stands.etag)).status == 200
    later = await vera.get(place)
    assert later.json["variants"][0] == {
        "name": "A", "share": 100, "template": "spring-sale", "content": TEMPLATE["content"],
    }  # fmt: skip
    assert (later.etag, later.json["erid"]) == (taken.etag, TEMPLATE["erid"])
    listed = await vera.get("/campaigns?brand=lavka&state=draft")
    assert [each["id"] for each in as_declared(listed, "/campaigns")["items"]] == [shown["id"]]
    assert (await vera.get("/campaigns?state=done")).json["items"] == []
    assert (await vera.get("/campaigns?brand=nobody")).code == "brand_not_found"


async def test_what_was_ordered_in_one_go_is_listed_too(
    vera: Caller, ctx: Context, brand: Brand
) -> None:
    """`karman push` names nothing and has fewer rules."""
    pushed = await start_campaign(ctx, CampaignOrder(brand="lavka", text="Чай"))
    (item,) = as_declared(await vera.get("/campaigns"), "/campaigns")["items"]
    assert (item["id"], item["name"]) == (pushed.id, f"campaign {pushed.id}")
    copied = await vera.post(f"/campaigns/{pushed.id}/copy", None)
    assert as_declared(copied, f"{PLACE}/copy", "post")["variants"] == item["variants"]


async def test_what_pays_has_to_be_approved(
    vera: Caller, ctx: Context, brand: Brand, lavka: Account
) -> None:
    """Also where nobody else has to: what was approved is what may be spent."""
    await audience(ctx, lavka, brand, 12)
    made = await vera.post("/campaigns", {"brand": "lavka", **LESS, "paid": {"most_stars": 1}})
    shown = as_declared(made, "/campaigns", "post")
    assert shown["paid"] == {"most_stars": 1}
    place = f"/campaigns/{shown['id']}"
    looked = as_declared(await vera.get(f"{place}/preview"), f"{PLACE}/preview")
    assert looked["paid"] == {"stars": "1.2", "most_stars": 1}
    assert looked["not_set_up"] == []
    both = {**LESS, "cascade": [{"channel": "telegram"}, {"channel": "sms"}], "quiet": False}
    other = (await vera.post("/campaigns", {"brand": "lavka", **both})).json
    assert other["quiet"], "advertising keeps quiet hours, whatever was entered"
    seen = await vera.get(f"/campaigns/{other['id']}/preview")
    assert as_declared(seen, f"{PLACE}/preview")["not_set_up"] == ["sms"]
    later = {"starts_at": "2030-01-01T10:00"}
    assert (await vera.post(f"/campaigns/{other['id']}/schedule", later)).status == 200
    back = await vera.post(f"/campaigns/{other['id']}/redraft", None)
    assert as_declared(back, f"{PLACE}/redraft", "post")["state"] == "draft"
    assert "starts_at" not in back.json
    assert (await vera.post(f"{place}/start", None)).code == "campaign_unapproved"
    await Campaign.filter(id=shown["id"]).update(approved_at=ctx.clock())
    changed = {**LESS, "paid": {"most_stars": 2}}
    etag = (await vera.get(place)).etag
    assert (await vera.put(place, changed, if_match=etag)).status == 200
    assert (await vera.post(f"{place}/start", None)).code == "campaign_unapproved"
    await Campaign.filter(id=shown["id"]).update(approved_at=ctx.clock())
    assert (await vera.post(f"{place}/start", None)).json["state"] == "collecting"
    await Campaign.filter(id=shown["id"]).update(paid_messages=12, paid_stopped="spent")
    report = as_declared(await vera.get(f"{place}/report"), f"{PLACE}/report")
    assert report["paid"] == {
        "most_stars": 2, "messages": 12, "stars": "1.2", "stopped": "spent",
    }  # fmt: skip
    assert as_declared(await vera.get("/spending"), "/spending")["stars"] == "1.2"


async def test_every_mistake_at_once(vera: Caller, brand: Brand) -> None:
    content = {"ru": {"text": "Кофе"}}
    wrong = {
        "brand": "lavka",
        "name": "x",
        "variants": [
            {"name": "A", "share": 50, "content": content},
            {"name": "A", "share": 10, "content": content},
            {"name": "C", "share": 20},
        ],
        "cascade": [{"channel": "sms"}, {"channel": "sms"}, {"channel": "pager"}],
        "holdout": 99,
        "repeats": {"every": "week", "at": "25:00", "until": "2026-02-30"},
    }
    told = await vera.post("/campaigns", wrong)
    assert told.status == 422
    places = {each["pointer"] for each in told.json["errors"]}
    assert places == {
        "/variants/1/name", "/variants/2/content", "/cascade/1/channel", "/cascade/2/channel",
        "/holdout", "/repeats/at", "/repeats/until",
    }, told.text  # fmt: skip
    for less, place in (
        ({"repeats": {"every": "week", "at": "10:00"}}, "/repeats/weekday"),
        ({"repeats": {"every": "day", "at": "10:00", "day": 3}}, "/repeats/day"),
        ({"variants": [{"name": "A", "share": 60, "content": content}]}, "/variants"),
        ({"purpose": "service", "erid": "x1"}, "/erid"),
        ({"purpose": "service"}, "/variants/0/template"),
        ({"audience": {"any": [{"field": "list", "in": ["vip"]}]}}, "/audience/any/0/in/0"),
        ({"advertiser": "ООО «Чай»"}, "/inn"),
        ({"paid": {"most_stars": 5}, "cascade": [{"channel": "email"}]}, "/paid"),
        ({"paid": {"most_stars": 0}}, "/paid/most_stars"),
    ):
        told = await vera.post("/campaigns", {"brand": "lavka", **LESS, **less})
        assert [each["pointer"] for each in told.json["errors"]] == [place], told.text
    nowhere = await vera.post("/campaigns", {"brand": "lavka", **LESS, "variants": [
        {"name": "A", "template": "nobody"}]})  # fmt: skip
    assert nowhere.code == "template_not_found"
    nobody = await vera.post("/campaigns", {"brand": "lavka", **LESS, "segment": "nobody"})
    assert nobody.code == "segment_not_found"


async def test_two_keys_and_four_eyes(
    vera: Caller, ctx: Context, lavka: Account, brand: Brand, site: aiohttp.ClientSession
) -> None:
    rules = await vera.get("/messaging")
    assert (await vera.put("/messaging", {"four_eyes": True}, if_match=rules.etag)).status == 200
    boris = await caller(site, ctx, lavka, frozenset({Right.CAMPAIGNS, Right.CAMPAIGNS_APPROVE}))
    made = await vera.post("/campaigns", {"brand": "lavka", **LESS})
    place = f"/campaigns/{made.json['id']}"
    assert (await vera.post(f"{place}/start", None)).code == "campaign_unapproved"
    sent = await vera.post(f"{place}/submit", None)
    assert (await vera.post(f"{place}/approve", None, if_match=sent.etag)).code == "campaign_own"
    assert (await boris.post(f"{place}/approve", None)).code == "if_match_required"
    assert (await boris.post(f"{place}/approve", None, if_match='"x"')).code == "changed_meanwhile"
    reason = {"reason": "Почему дешевле?"}
    refused = await boris.post(f"{place}/refuse", reason, if_match=sent.etag)
    assert as_declared(refused, f"{PLACE}/refuse", "post")["refused"] == reason["reason"]
    again = await vera.post(f"{place}/submit", None)
    approved = await boris.post(f"{place}/approve", None, if_match=again.etag)
    shown = as_declared(approved, f"{PLACE}/approve", "post")
    assert (shown["state"], shown["approved_by"].split(":")[0]) == ("draft", "key")
    assert (await vera.post(f"{place}/start", None)).json["state"] == "collecting"
    late = await vera.put(place, LESS, if_match="*")
    assert (late.status, late.code, late.json["details"]) == (
        409, "campaign_state", {"state": "collecting"},
    )  # fmt: skip
    told = await vera.get("/audit?verb=approve_campaign")
    assert told.json["items"][0]["subject"] == {"kind": "campaign", "name": str(made.json["id"])}


async def test_it_is_scheduled_by_the_clock_of_the_account(
    vera: Caller, ctx: Context, brand: Brand
) -> None:
    made = await vera.post("/campaigns", {"brand": "lavka", **LESS})
    place = f"/campaigns/{made.json['id']}"
    past = await vera.post(f"{place}/schedule", {"starts_at": "2020-01-01T10:00"})
    assert [each["pointer"] for each in past.json["errors"]] == ["/starts_at"]
    set_ = await vera.post(f"{place}/schedule", {"starts_at": "2036-12-24T18:00"})
    shown = as_declared(set_, f"{PLACE}/schedule", "post")
    assert (shown["state"], shown["starts_at"]) == ("scheduled", "2036-12-24T15:00:00Z")
    gone = await vera.post(f"{place}/cancel", None)
    assert (gone.json["state"], "finished_at" in gone.json) == ("cancelled", True)
    copied = await vera.post(f"{place}/copy", None)
    assert as_declared(copied, f"{PLACE}/copy", "post")["id"] != made.json["id"]
    assert (copied.status, copied.json["state"]) == (201, "draft")


async def test_how_far_it_is_and_what_became_of_each(
    vera: Caller, ctx: Context, lavka: Account, brand: Brand
) -> None:
    people = await audience(ctx, lavka, brand, 40)
    made = await vera.post("/campaigns", {"brand": "lavka", **LESS, "holdout": 50})
    place = f"/campaigns/{made.json['id']}"
    await vera.post(f"{place}/start", None)
    campaign = await Campaign.get(id=made.json["id"])
    before = as_declared(await vera.get(f"{place}/progress"), f"{PLACE}/progress")
    assert (before["listed"], before["recipients"]) == (False, 0)
    while await collect_campaign(campaign):
        continue
    await Campaign.filter(id=campaign.id).update(sent_up_to=10**9)
    some = await Delivery.all().order_by("id").limit(10)
    for number, each in enumerate(some):
        each.state = DeliveryState.STOPPED if number else DeliveryState.DELIVERED
        each.reason = "capped" if number else ""
        each.changed_at = ctx.clock() + timedelta(seconds=number)
        await each.save()
    for state, number in (("delivered", 1), ("stopped", 9)):
        await CampaignCount.create(campaign=campaign, channel="telegram", state=state, n=number)
    told = as_declared(await vera.get(f"{place}/progress"), f"{PLACE}/progress")
    assert (told["listed"], told["recipients"] + told["held_out"]) == (True, 40)
    assert told["settled"] == 10
    assert told["states"] == {"delivered": 1, "stopped": 9}
    # Ten in nine seconds, and the last of them just now.
    assert told["per_second"] == pytest.approx(10 / 9, abs=0.1)
    assert told["seconds_left"] == pytest.approx((told["recipients"] - 10) / (10 / 9), abs=2)
    listed = await vera.get(f"/messages?campaign={campaign.id}&limit=30")
    first = as_declared(listed, "/messages")
    assert len(first["items"]) == 30
    rest = await vera.get(f"/messages?campaign={campaign.id}&limit=30&cursor={first['next']}")
    items = [*first["items"], *as_declared(rest, "/messages")["items"]]
    assert sorted(each["customer"] for each in items) == [person.id for person in people]
    assert {each["held_out"] for each in items if not each["attempts"]} == {True}
    assert [each["attempts"][0]["reason"] for each in items if each["attempts"] and
            each["attempts"][0]["state"] == "stopped"] == ["capped"] * 9  # fmt: skip
    one = await vera.get(f"/messages?customer={people[0].id}")
    assert [each["customer"] for each in one.json["items"]] == [people[0].id]
    nothing = await vera.get("/messages")
    assert [each["parameter"] for each in nothing.json["errors"]] == ["campaign"]
