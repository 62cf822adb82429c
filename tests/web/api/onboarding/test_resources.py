"""Вера brings «Лавка» on board over HTTP alone, and changes her mind."""

from io import BytesIO
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from PIL import Image

from backend.web.api.operations import OPERATIONS
from backend.web.api.v1.onboarding import brands, documents, offer_shown, programs, stores
from models.account import Account
from models.offer import Offer
from tests.support.caller import Caller, Told
from tests.web.api.matrix import DOCUMENT


def picture(width: int, height: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "#1F6F50").save(file, "PNG")
    return file.getvalue()


def as_declared(told: Told, path: str, method: str = "get") -> Any:
    """The answer, after the document has said that it may look so."""
    shown = DOCUMENT["paths"][f"/api/v1{path}"][method]["responses"][str(told.status)]
    schema = shown["content"]["application/json"]["schema"]
    whole = {**schema, "components": DOCUMENT["components"]}
    Draft202012Validator(whole).validate(told.json)
    return told.json


async def upload(vera: Caller, purpose: str, content: bytes) -> Told:
    headers = {"Content-Type": "image/png"}
    return await vera.ask("POST", f"/pictures?purpose={purpose}", data=content, headers=headers)


@pytest.fixture
async def shop(vera: Caller, duty: Caller, lavka: Account) -> None:
    """The program and the brand."""
    made = await vera.post("/programs", {"key": "lavka-card", **programs.ENTRY})
    assert made.status == 201, made.text
    as_declared(made, "/programs", "post")
    made = await vera.post("/brands", brands.EXAMPLE)
    assert made.status == 201, made.text
    as_declared(made, "/brands", "post")


async def test_from_nothing_to_an_offer_that_is_published(
    vera: Caller, duty: Caller, shop: None
) -> None:
    logo = await upload(vera, "logo", picture(256, 256))
    assert logo.status == 201, logo.text
    as_declared(logo, "/pictures", "post")
    wide = await upload(vera, "offer", picture(1200, 675))
    brand = await vera.get("/brands/lavka")
    entry = {**brands.ENTRY, "logo": logo.json["sha256"]}
    changed = await vera.put("/brands/lavka", entry, if_match=brand.etag)
    assert changed.json["logo"] == logo.json["sha256"]
    document = await vera.post("/documents", {**documents.ENTRY, "version": 2})
    assert document.status == 201, document.text
    text = as_declared(document, "/documents", "post")["text"]["ru"]
    assert text == documents.ENTRY["ru"] + "\n"
    numbers = {"numbers": [{"printed_number": "4006381333931"}]}
    added = await vera.post("/programs/lavka-card/numbers", numbers)
    assert (added.status, added.json["new"], added.json["free"]) == (200, 1, 1)
    store = await vera.post("/brands/lavka/stores", stores.ENTRY)
    assert as_declared(store, "/brands/{brand}/stores", "post") == stores.EXAMPLE
    offer = {"key": "welcome", **offer_shown.ENTRY, "pictures": [wide.json["sha256"]]}
    made = await vera.post("/brands/lavka/offers", offer)
    shown = as_declared(made, "/brands/{brand}/offers", "post")
    assert (shown["ends"], shown["cities"]) == ("2027-01-31T21:00:00Z", ["kazan", "moscow"])
    place = "/brands/lavka/offers/welcome"
    entry = {
        name: value for name, value in shown.items() if name not in {"key", "brand", "submitted_at"}
    }
    published = entry | {"status": "published"}
    assert (await vera.put(place, published, if_match=made.etag)).code == "approval_required"
    approved = await duty.put(place, published, if_match=made.etag)
    assert (approved.status, approved.json["status"]) == (200, "published")
    assert (await Offer.get()).status == "published"


async def test_what_was_read_may_be_written_again(vera: Caller, shop: None) -> None:
    """The same entry is the same: its ETag stays, nothing is written."""
    yes, no = ({"key": key, "ru": "Да", "en": "Yes"} for key in ("yes", "no"))
    label = {"ru": "Чай?", "en": "Tea?"}
    question: dict[str, Any] = {"key": "tea", "type": "choice", "required": False, "label": label}
    question["choices"] = [yes, no]
    rule = {"format": "ean13", "prefix": "299", "example": "2990 0000 0001 9"}
    first = await vera.get("/programs/lavka-card")
    more = {
        **programs.ENTRY,
        "questionnaire": [{"key": "birth_date", "min_age": 18}, question],
        "plastic": True,
        "recognition": [rule],
    }
    changed = await vera.put("/programs/lavka-card", more, if_match=first.etag)
    assert changed.status == 200, changed.text
    shown = as_declared(changed, "/programs/{program}", "put")
    assert shown["questionnaire"][1] == question
    entry = {name: value for name, value in shown.items() if name not in {"key", "account"}}
    again = await vera.put("/programs/lavka-card", entry, if_match=changed.etag)
    assert (again.status, again.etag) == (200, changed.etag)


async def test_a_store_is_closed_by_who_has_seen_it(vera: Caller, shop: None) -> None:
    made = await vera.post("/brands/lavka/stores", stores.ENTRY)
    place = "/brands/lavka/stores/kazan-1"
    assert (await vera.delete(place)).code == "if_match_required"
    assert (await vera.delete(place, if_match='"old"')).code == "changed_meanwhile"
    elsewhere = {**stores.ENTRY, "key": "kazan-2"}
    told = await vera.put(place, elsewhere, if_match=made.etag)
    assert (told.status, told.json["errors"][0]["pointer"]) == (422, "/key")
    assert (await vera.delete(place, if_match=made.etag)).status == 204
    assert (await vera.get(place)).code == "store_not_found"


async def test_pictures_are_checked_as_packs_check_them(vera: Caller, shop: None) -> None:
    small = await upload(vera, "offer", picture(100, 100))
    assert (small.status, small.code) == (422, "picture_unfit")
    assert small.json["details"] == {"what": "is 100×100", "expected": "at least 600×315 pixels"}
    assert (await upload(vera, "logo", b"GIF89a")).code == "picture_unfit"
    assert (await upload(vera, "logo", b"x" * 4_000_001)).code == "body_too_large"
    told = await vera.ask("POST", "/pictures?purpose=logo", data=b"x")
    assert told.code == "media_type_wrong"


async def test_a_number_of_another_kind_is_named_by_its_place(vera: Caller, shop: None) -> None:
    wrong = {"numbers": [{"printed_number": "4006381333931"}, {"printed_number": "123"}]}
    told = await vera.post("/programs/lavka-card/numbers", wrong)
    assert (told.status, told.json["errors"][0]["pointer"]) == (422, "/numbers/1/barcode_value")
    assert (await vera.get("/programs/lavka-card/numbers")).json["free"] == 0


async def test_a_version_is_published_once(vera: Caller, shop: None) -> None:
    first, again = [await vera.post("/documents", documents.ENTRY) for _ in range(2)]
    assert (first.status, again.status, first.json["id"]) == (201, 201, again.json["id"])
    other = {**documents.ENTRY, "ru": documents.ENTRY["ru"] + "И ещё."}
    assert (await vera.post("/documents", other)).code == "document_fixed"
    listed = as_declared(await vera.get("/documents?program=lavka-card"), "/documents")
    assert [(each["version"], each["program"]) for each in listed["items"]] == [(1, "lavka-card")]
    nameless = {
        **documents.ENTRY,
        "version": 2,
        "en": documents.ENTRY["en"].replace("Lavka LLC", ""),
    }
    told = await vera.post("/documents", nameless)
    assert [each["pointer"] for each in told.json["errors"]] == ["/en"]


async def test_keys_look_after_keys(vera: Caller, duty: Caller, lavka: Account) -> None:
    made = await vera.post("/api-keys", {"name": "till", "scopes": ["brands:read"]})
    shown = as_declared(made, "/api-keys", "post")
    till = Caller(vera.session, shown["key"])
    assert (await till.get("/account")).status == 200
    rotated = await vera.post(f"/api-keys/{shown['id']}/rotate", {"overlap_hours": 0})
    assert rotated.status == 201, rotated.text
    assert (await till.get("/account")).status == 401
    second = Caller(vera.session, rotated.json["key"])
    assert (await second.get("/account")).status == 200
    assert (await vera.delete(f"/api-keys/{rotated.json['id']}")).status == 204
    assert (await second.get("/account")).status == 401
    listed = as_declared(await vera.get("/api-keys"), "/api-keys")["items"]
    assert [each["state"] for each in listed] == ["revoked", "expired", "good"]
    assert all("key" not in each for each in listed)


async def test_nobody_gives_themselves_more(vera: Caller, duty: Caller, lavka: Account) -> None:
    weak = await vera.post("/api-keys", {"name": "a", "scopes": ["keys"]})
    holder = Caller(vera.session, weak.json["key"])
    told = await holder.post("/api-keys", {"name": "b", "scopes": ["brands:read"]})
    assert (told.status, told.json["details"]) == (403, {"scope": "brands:read"})
    told = await vera.post("/api-keys", {"name": "c", "scopes": ["operator"]})
    assert (told.status, told.json["errors"][0]["pointer"]) == (422, "/scopes/0")
    strong = (await vera.get("/api-keys")).json["items"][-1]["id"]
    told = await holder.post(f"/api-keys/{strong}/rotate", {})
    assert (told.status, told.code) == (403, "scope_missing")
    given = await duty.post("/api-keys?account=lavka", {"name": "d", "scopes": ["audit:read"]})
    assert given.status == 201


async def test_the_account_reads_who_changed_what(vera: Caller, duty: Caller, shop: None) -> None:
    first = await vera.get("/programs/lavka-card")
    entry = {**programs.ENTRY, "sharing": False}
    changed = await vera.put("/programs/lavka-card", entry, if_match=first.etag)
    again = await duty.put("/programs/lavka-card", programs.ENTRY, if_match=changed.etag)
    told = as_declared(await vera.get("/audit?verb=save_program"), "/audit")["items"]
    assert [each["actor"]["kind"] for each in told] == ["operator", "key", "key"]
    assert told[1]["request_id"] == changed.headers["X-Request-Id"]
    assert told[0]["request_id"] == again.headers["X-Request-Id"]
    assert (told[1]["before"], told[1]["after"]) == ({"sharing": True}, {"sharing": False})
    assert told[1]["subject"] == {"kind": "program", "name": "lavka-card"}
    assert "before" not in told[2]
    listed = await vera.get("/audit?since=2026-11-22")
    assert listed.json["items"] == []


def test_every_noun_is_told_about() -> None:
    assert len(OPERATIONS) > 25
