"""Vera's program draws her cards over the API: every mistake at once, versions, and back again."""

from typing import Any

import pytest

from backend.web.api.v1.onboarding import designs, programs
from models.account import Account
from models.segment import Segment
from tests.support.caller import Caller
from tests.web.api.onboarding.test_resources import as_declared, picture, upload

PLACE = "/programs/lavka-card/design"
PATH = "/programs/{program}/design"
COLOURS = {"primary": "#1F6F50", "secondary": "#F4C95D"}


@pytest.fixture
async def card(vera: Caller) -> None:
    made = await vera.post("/programs", {"key": "lavka-card", **programs.ENTRY})
    assert made.status == 201, made.text


def entry_of(shown: dict[str, Any]) -> dict[str, Any]:
    about = {"version", "restored", "made_by", "made_at"}
    return {name: value for name, value in shown.items() if name not in about}


async def test_a_design_is_read_changed_and_brought_back(vera: Caller, card: None) -> None:
    bare = await vera.get(PLACE)
    assert as_declared(bare, PATH) == {**COLOURS, "version": 0}
    assert (await vera.put(PLACE, designs.ENTRY)).code == "if_match_required"
    changed = await vera.put(PLACE, designs.ENTRY, if_match=bare.etag)
    assert changed.status == 200, changed.text
    shown = as_declared(changed, PATH, "put")
    assert (shown["version"], shown["made_by"][:4]) == (2, "key:")
    again = await vera.put(PLACE, entry_of(shown), if_match=changed.etag)
    assert (again.status, again.etag) == (200, changed.etag)
    program = await vera.get("/programs/lavka-card")
    assert as_declared(program, "/programs/{program}")["design"] == entry_of(shown)
    assert (await vera.get("/programs")).json["items"][0]["design"] == entry_of(shown)
    listed = as_declared(await vera.get(f"{PLACE}/versions"), f"{PATH}/versions")["items"]
    assert [each["version"] for each in listed] == [2, 1]
    back = await vera.post(f"{PLACE}/versions/1/restore", {})
    assert back.status == 200, back.text
    told = as_declared(back, f"{PATH}/versions/{{version}}/restore", "post")
    assert (told["version"], told["restored"]) == (3, 1)
    assert entry_of(told) == COLOURS
    for nobody in ("99", "x", "0"):
        assert (
            await vera.post(f"{PLACE}/versions/{nobody}/restore", None)
        ).code == "design_not_found"


async def test_all_mistakes_come_with_their_places(vera: Caller, card: None) -> None:
    square = (await upload(vera, "logo", picture(256, 256))).json["sha256"]
    wide = (await upload(vera, "strip", picture(1125, 432))).json["sha256"]
    spoilt = {
        **COLOURS,
        "ink": "#1F6F50",
        "logo": wide,
        "strip": square,
        "variants": [{"name": "A", "segment": "asleep"}, {"name": "B", "strip": "f" * 64}],
    }
    told = await vera.put(PLACE, spoilt, if_match="*")
    assert told.status == 422, told.text
    places = {each["pointer"]: each["message"] for each in told.json["errors"]}
    assert places == {
        "/ink": "ink has a contrast of 1.0 on #1F6F50",
        "/logo": "logo is 1125×432",
        "/strip": "strip is 256×256",
        "/variants/0/segment": "variants.segment is 'asleep', which is unknown",
        "/variants/1/strip": f"variants.strip is '{'f' * 64}', which is unknown",
        "/variants/1/segment": "variants.segment is missing",
    }
    entry = {**programs.ENTRY, "design": spoilt}
    whole = await vera.put("/programs/lavka-card", entry, if_match="*")
    assert {each["pointer"] for each in whole.json["errors"]} == {f"/design{way}" for way in places}
    beside = {**COLOURS, "logo": square, "strip": wide, "rotating": True, "back": [
        {"shows": "own", "own": "visits"}
    ]}  # fmt: skip
    told = await vera.put(PLACE, beside, if_match="*")
    assert {each["pointer"] for each in told.json["errors"]} == {"/rotating", "/back/0/own"}


async def test_the_preview_is_a_picture(vera: Caller, card: None) -> None:
    wide = (await upload(vera, "strip", picture(1125, 432))).json["sha256"]
    await vera.put(PLACE, {**designs.ENTRY, "strip": wide}, if_match="*")
    seen = set()
    for of in ("bot", "apple", "apple_back", "google"):
        told = await vera.get(f"{PLACE}/preview?of={of}&tier=Gold&language=en")
        assert (told.status, told.headers["Content-Type"]) == (200, "image/png")
        seen.add(told.data[:8])
    assert seen == {b"\x89PNG\r\n\x1a\n"}
    assert (await vera.get(f"{PLACE}/preview")).json["errors"][0]["parameter"] == "of"
    assert (await vera.get(f"{PLACE}/preview?of=bot&version=9")).code == "design_not_found"


async def test_what_is_gone_since_is_told_when_it_is_brought_back(
    vera: Caller, card: None, lavka: Account
) -> None:
    asleep = await Segment.create(
        account=lavka, key="asleep", name="n", created_at=lavka.created_at
    )
    old = {**COLOURS, "variants": [{"name": "A", "segment": "asleep", "primary": "#101010"}]}
    assert (await vera.put(PLACE, old, if_match="*")).status == 200
    await vera.put(PLACE, COLOURS, if_match="*")
    await Segment.filter(id=asleep.id).update(archived_at=lavka.created_at)
    told = await vera.post(f"{PLACE}/versions/2/restore", None)
    assert told.status == 422, told.text
    assert [each["pointer"] for each in told.json["errors"]] == ["/variants/0/segment"]
    assert (await vera.get(PLACE)).json["version"] == 3
