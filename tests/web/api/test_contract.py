"""The contract that every operation keeps: keys, scopes, input, states, languages."""

import aiohttp
import orjson
import pytest
from multidict import CIMultiDict

from backend.access.rights import Right
from backend.platform.context import Context
from backend.web.api.body import DEEPEST, LARGEST_JSON, LONGEST_LIST
from models.account import Account
from models.api_key import ApiKey
from models.audit_entry import AuditEntry
from tests.support.caller import Caller, caller
from tests.support.clock import StoppedClock
from tests.support.factory.brands import make_account

BOTH = {"ru": "ООО «Ромашка»", "en": "Romashka LLC"}
ROMASHKA = {
    "key": "romashka",
    "legal_name": BOTH,
    "address": BOTH,
    "inn": "0000012341",
    "privacy_email": "privacy@romashka.example",
}


async def test_without_a_key_the_way_to_one_is_told(stranger: Caller) -> None:
    told = await stranger.get("/account")
    assert (told.status, told.code) == (401, "key_required")
    assert told.headers["WWW-Authenticate"].startswith("Bearer")
    assert told.headers["Content-Type"] == "application/problem+json"
    assert told.json["request_id"] == told.headers["X-Request-Id"]


@pytest.mark.parametrize("end", ["typo", "revoked", "expired"])
async def test_a_key_that_opens_nothing(
    vera: Caller, end: str, ctx: Context, clock: StoppedClock
) -> None:
    if end == "typo":
        vera = Caller(vera.session, vera.key[:-1] + "!")
    else:
        column = {"revoked": "revoked_at", "expired": "expires_at"}[end]
        await ApiKey.all().update(**{column: clock()})
    told = await vera.get("/account")
    assert (told.status, told.code) == (401, "key_unknown")
    assert 'error="invalid_token"' in told.headers["WWW-Authenticate"]


async def test_a_missing_scope_is_named(
    site: aiohttp.ClientSession, ctx: Context, lavka: Account
) -> None:
    weak = await caller(site, ctx, lavka, frozenset({Right.KEYS}))
    told = await weak.get("/account")
    assert (told.status, told.code) == (403, "scope_missing")
    assert told.json["details"] == {"scope": "brands:read"}
    assert "brands:read" in told.json["title"]


async def test_an_account_reads_itself(vera: Caller) -> None:
    told = await vera.get("/account")
    assert told.status == 200
    assert told.json["key"] == "lavka"
    assert told.json["legal_name"]["en"] == "Lavka LLC"
    again = await vera.get("/account", if_none_match=told.etag)
    assert (again.status, again.text, again.etag) == (304, "", told.etag)
    some = await vera.get("/account?fields=key,inn")
    assert list(some.json) == ["key", "inn"]


async def test_another_account_is_as_one_that_is_not_there(vera: Caller, duty: Caller) -> None:
    await make_account("vasilek")
    theirs, nobody = [await vera.get(f"/account?account={key}") for key in ("vasilek", "nobody")]
    assert theirs.status == nobody.status == 404
    assert theirs.but_request_id == nobody.but_request_id
    assert (await duty.get("/accounts/vasilek")).status == 200


async def test_the_operator_names_the_account(duty: Caller, lavka: Account) -> None:
    await make_account("vasilek")
    told = await duty.get("/account")
    assert (told.status, told.json["errors"][0]["parameter"]) == (422, "account")
    assert (await duty.get("/account?account=lavka")).json["key"] == "lavka"


async def test_every_mistake_is_told_at_once_with_the_way_to_it(duty: Caller) -> None:
    wrong = ROMASHKA | {"inn": "1", "legal_name": {"ru": "x"}, "colour": "red", "key": "Ромашка"}
    told = await duty.post("/accounts", wrong)
    assert (told.status, told.code) == (422, "input_invalid")
    found = {each["pointer"]: each["message"] for each in told.json["errors"]}
    assert set(found) == {"/inn", "/legal_name/en", "/colour", "/key"}
    assert found["/colour"] == "unknown key 'colour'"
    told = await duty.get("/accounts?limit=0&colour=red&fields=key,hue&cursor=a&cursor=b")
    named = {each["parameter"]: each["message"] for each in told.json["errors"]}
    assert (told.status, set(named)) == (422, {"limit", "colour", "fields", "cursor"})
    assert named["colour"] == "unknown parameter 'colour'"


async def test_the_caller_s_language(stranger: Caller) -> None:
    for asked, language in (
        ("ru-RU, en;q=0.5", "ru"),
        ("fr, en;q=0.1, ru;q=0.4", "ru"),
        ("ru_RU", "ru"),
        ("ru;q=0, *", "en"),
        ("en;q=0, ru;Q=0.1", "ru"),
        ("ru;q=nan, en;q=0.1", "en"),
        ("", "en"),
    ):
        told = await stranger.get("/account", accept_language=asked)
        assert told.headers["Content-Language"] == language
        assert told.json["title"].startswith("Нужен" if language == "ru" else "A key")


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        (b"{", 400, "body_not_json"),
        (b"", 400, "body_not_json"),
        (b"[" * 100_000, 400, "body_too_deep"),
        (b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1), 400, "body_too_deep"),
        (orjson.dumps([0] * (LONGEST_LIST + 1)), 400, "list_too_long"),
        (b" " * (LARGEST_JSON + 1), 413, "body_too_large"),
        (b"[1]", 422, "input_invalid"),
        (b'{"key":"a\\u0000b"}', 422, "input_invalid"),
        (b'{"key":"\\ud800"}', 400, "body_not_json"),
    ],
)
async def test_bounds_of_a_body(duty: Caller, data: bytes, status: int, code: str) -> None:
    json = {"Content-Type": "application/json"}
    told = await duty.ask("POST", "/accounts", data=data, headers=json)
    assert (told.status, told.code) == (status, code)


async def test_what_is_no_json_is_said(duty: Caller) -> None:
    told = await duty.ask("POST", "/accounts", data=b"a=1", headers={"Content-Type": "text/plain"})
    assert (told.status, told.code) == (415, "media_type_wrong")


@pytest.mark.parametrize("key", ["%00", "..%2f", "a" * 1000, "%ff", "%F0%9F%92%A9"])
async def test_odd_addresses_are_not_found(duty: Caller, key: str) -> None:
    assert (await duty.get(f"/accounts/{key}")).status == 404


async def test_two_who_change_one_thing(duty: Caller) -> None:
    made = await duty.post("/accounts", ROMASHKA)
    assert (made.status, made.headers["Location"]) == (201, "/api/v1/accounts/romashka")
    entry = {name: value for name, value in made.json.items() if name != "key"}
    place = "/accounts/romashka"
    assert (await duty.put(place, entry)).code == "if_match_required"
    moved = await duty.put(place, entry | {"timezone": "Asia/Omsk"}, if_match=made.etag)
    assert (moved.status, moved.json["timezone"]) == (200, "Asia/Omsk")
    late = await duty.put(place, entry | {"timezone": "UTC"}, if_match=made.etag)
    assert (late.status, late.code, late.etag) == (412, "changed_meanwhile", moved.etag)
    assert (await duty.put(place, entry, if_match="*")).etag == made.etag
    assert (await duty.get(place)).etag == made.etag


async def test_a_key_that_is_taken(duty: Caller, lavka: Account) -> None:
    told = await duty.post("/accounts", ROMASHKA | {"key": "lavka"})
    assert (told.status, told.code) == (409, "key_taken")
    assert (await duty.get("/accounts/lavka")).json["legal_name"]["en"] == "Lavka LLC"


async def test_who_changed_what_is_written(duty: Caller) -> None:
    made = await duty.post("/accounts", ROMASHKA)
    entry = await AuditEntry.get(verb="save_account")
    key = await ApiKey.get()
    assert (entry.actor_kind, entry.actor_id, entry.door) == ("key", key.id, "api:v1/accounts")
    assert entry.request_id == made.headers["X-Request-Id"]
    assert entry.before is None
    assert entry.after is not None
    assert entry.after["inn"] == "0000012341"
    assert entry.account_id == entry.subject_id


async def test_what_is_not_there_is_a_document_too(vera: Caller) -> None:
    for path in ("/nowhere", "/account/", "//account", "/api/v2/account"):
        told = await vera.get(path)
        assert (told.status, told.headers["Content-Type"]) == (404, "application/problem+json")
        assert told.json["type"] == "urn:karman:problem:operation_not_found"
        assert told.json["request_id"] == told.headers["X-Request-Id"]
    for verb in ("DELETE", "PUT", "OPTIONS", "PROPFIND"):
        told = await vera.ask(verb, "/account", headers={"Accept-Language": "ru"})
        assert (told.status, told.code, told.headers["Allow"]) == (
            405,
            "method_not_allowed",
            "GET, HEAD",
        )
        assert told.json["title"] == "Здесь так нельзя; можно GET, HEAD"


async def test_head_is_get_without_the_body(vera: Caller, stranger: Caller) -> None:
    """What every operation that reads answers to it: test_matrix.py."""
    whole = await vera.get("/account")
    head = await vera.ask("HEAD", "/account")
    assert (head.status, head.data, head.etag) == (200, b"", whole.etag)
    assert head.headers["Content-Length"] == str(len(whole.data))
    known = await vera.ask("HEAD", "/account", headers={"If-None-Match": whole.etag})
    assert known.status == 304
    assert (await stranger.ask("HEAD", "/account")).status == 401
    assert (await vera.ask("HEAD", "/account/offers")).status == 404


async def test_tags_may_stand_in_several_lines(vera: Caller) -> None:
    """As every list of a header (RFC 9110, 5.3)."""
    etag, key = (await vera.get("/account")).etag, ("Authorization", f"Bearer {vera.key}")
    for tags, status in ((['"other"', etag], 304), (['"other"', '"another"'], 200)):
        named = CIMultiDict([key, *(("If-None-Match", tag) for tag in tags)])
        async with vera.session.get("/api/v1/account", headers=named) as answer:
            assert answer.status == status


async def test_two_idempotency_keys_are_none(vera: Caller) -> None:
    """A proxy, or a client's mistake: whichever is taken, the other one was meant."""
    named = [("Idempotency-Key", "one"), ("Idempotency-Key", "two")]
    key = {"Authorization": f"Bearer {vera.key}"}
    headers = CIMultiDict([*key.items(), *named])
    made = {"name": "till", "scopes": ["brands:read"]}
    async with vera.session.post("/api/v1/api-keys", json=made, headers=headers) as told:
        assert told.status == 400
        assert (await told.json())["code"] == "idempotency_key_required"


async def test_a_whole_number_with_a_point_is_whole(vera: Caller, lavka: Account) -> None:
    for hours, status in ((b"24.0", 201), (b"2.4e1", 201), (b"24.5", 422), (b"1e30", 422)):
        made = await vera.post("/api-keys", {"name": "till", "scopes": ["brands:read"]})
        data = b'{"overlap_hours": %s}' % hours
        headers = {"Content-Type": "application/json"}
        path = f"/api-keys/{made.json['id']}/rotate"
        told = await vera.ask("POST", path, data=data, headers=headers)
        assert told.status == status, told.text


async def test_what_is_expected_beside_the_answer(vera: Caller) -> None:
    """curl asks to go on before a long body, others ask for what nobody knows."""
    told = await vera.get("/account", expect="a miracle")
    assert told.status == 200
    key = {"Authorization": f"Bearer {vera.key}", "Idempotency-Key": "one"}
    made = {"name": "till", "scopes": ["brands:read"]}
    path = "/api/v1/api-keys"
    async with vera.session.post(path, json=made, headers=key, expect100=True) as answer:
        assert answer.status == 201
