"""Вера and the operator, over HTTP: what people see is approved, and what has been looked at."""

import pytest

from backend.web.api.v1.onboarding import brands, programs
from backend.web.api.v1.onboarding.offer_shown import ENTRY
from models.offer import Offer
from tests.support.caller import Caller
from tests.web.api.onboarding.test_resources import as_declared

PLACE = "/brands/lavka/offers/welcome"
DECLARED = "/brands/{brand}/offers/{offer}"
LESS = {"benefit": {"ru": "Полпряника", "en": "Half a gingerbread"}}


@pytest.fixture
async def offer(vera: Caller, duty: Caller) -> None:
    """It is published."""
    await vera.post("/programs", {"key": "lavka-card", **programs.ENTRY})
    await vera.post("/brands", brands.EXAMPLE)
    made = await vera.post("/brands/lavka/offers", {"key": "welcome", **ENTRY})
    told = await duty.post(f"{PLACE}/approve", None, if_match=made.etag)
    assert (told.status, told.json["status"]) == (200, "published"), told.text


async def test_both_are_seen_until_the_change_is_approved(
    vera: Caller, duty: Caller, offer: None
) -> None:
    stands = await vera.get(PLACE)
    assert "submitted_at" not in stands.json
    changed = await vera.put(PLACE, {**ENTRY, **LESS}, if_match=stands.etag)
    shown = as_declared(changed, DECLARED, "put")
    assert (shown["status"], shown["benefit"]) == ("published", ENTRY["benefit"])
    assert (shown["draft"]["status"], shown["draft"]["benefit"]) == ("in_review", LESS["benefit"])
    assert (await Offer.get()).benefit_en == "A gingerbread for you"
    (waits,) = as_declared(await duty.get("/reviews"), "/reviews")["items"]
    assert (waits["account"], waits["draft"]) == ("lavka", shown["draft"])
    listed = as_declared(await vera.get("/brands/lavka/offers"), "/brands/{brand}/offers")
    assert listed["items"][0]["draft"] == shown["draft"]
    # What has changed since is not approved.
    await vera.put(PLACE, {**ENTRY, **LESS, "position": 1}, if_match=changed.etag)
    late = await duty.post(f"{PLACE}/approve", None, if_match=changed.etag)
    assert (late.status, late.code) == (412, "changed_meanwhile")
    assert (await duty.post(f"{PLACE}/approve", None)).code == "if_match_required"
    now = (await duty.get(PLACE)).etag
    approved = await duty.post(f"{PLACE}/approve", None, if_match=now)
    shown = as_declared(approved, f"{DECLARED}/approve", "post")
    assert (shown["benefit"], shown["position"], "draft" in shown) == (LESS["benefit"], 1, False)
    assert as_declared(await duty.get("/reviews"), "/reviews")["items"] == []


async def test_a_reason_is_read(vera: Caller, duty: Caller, offer: None) -> None:
    stands = await vera.get(PLACE)
    changed = await vera.put(PLACE, {**ENTRY, **LESS}, if_match=stands.etag)
    wrong = await duty.post(f"{PLACE}/refuse", {"reason": ""}, if_match="*")
    assert (wrong.status, wrong.json["errors"][0]["pointer"]) == (422, "/reason")
    told = await duty.post(f"{PLACE}/refuse", {"reason": "Why half?"}, if_match=changed.etag)
    draft = as_declared(told, f"{DECLARED}/refuse", "post")["draft"]
    assert draft["refused"]["reason"] == {"ru": "Why half?", "en": "Why half?"}
    assert draft["status"] == "draft"
    sent = await vera.post(f"{PLACE}/submit", None)
    draft = as_declared(sent, f"{DECLARED}/submit", "post")["draft"]
    assert (draft["status"], "refused" in draft) == ("in_review", False)
    both = {"reason": {"ru": "Нет", "en": "No"}}
    told = await duty.post(f"{PLACE}/refuse", both, if_match=sent.etag)
    assert told.json["draft"]["refused"]["reason"] == both["reason"]
    assert (await vera.delete(f"{PLACE}/draft")).status == 204
    assert (await vera.delete(f"{PLACE}/draft")).status == 204
    assert "draft" not in (await vera.get(PLACE)).json
    assert (await vera.post(f"{PLACE}/submit", None)).code == "nothing_waits"


async def test_at_once_without_being_asked(vera: Caller, offer: None) -> None:
    for verb, status in (("pause", "paused"), ("resume", "published"), ("archive", "archived")):
        for _ in range(2):
            told = await vera.post(f"{PLACE}/{verb}", None)
            assert as_declared(told, f"{DECLARED}/{verb}", "post")["status"] == status
    assert (await vera.post(f"{PLACE}/resume", None)).code == "offer_unpublished"


async def test_nobody_approves_their_own(vera: Caller, offer: None) -> None:
    for verb in ("approve", "refuse"):
        told = await vera.post(f"{PLACE}/{verb}", {"reason": "x"}, if_match="*")
        assert (told.status, told.code) == (403, "scope_missing")
    assert (await vera.get("/reviews")).status == 403
