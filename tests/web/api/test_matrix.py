"""Every operation of the document × no key, each missing scope, another account's ids."""

from dataclasses import replace

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from backend.access.rights import Right
from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.api.openapi_answers import codes_of
from backend.web.api.operations import OPERATIONS
from backend.web.api.v1.onboarding import brands, documents
from backend.web.app import make_app
from backend.web.rate_limit import RateLimit
from models.account import Account
from tests.support.caller import Caller, Told, caller
from tests.web.api.holdings import holdings
from tests.web.api.matrix import NOBODY, Sample, samples

SAMPLES = list(samples())
# Of the right form, and nobody's.
FORGED = "karman_0123456789_" + "A" * 43 + "3Zvv0L"
RIGHTS = frozenset(Right) - {Right.OPERATOR}


@pytest.fixture
async def theirs(database: str, ctx: Context, duty: Caller) -> dict[str, str]:
    """What «Василёк» has, by what stands in a path."""
    return await holdings(ctx, duty)


def test_the_document_has_every_operation() -> None:
    assert {(each.method, each.path) for each in SAMPLES} == {
        (each.method, each.whole_path) for each in OPERATIONS
    }
    holes = {name for each in SAMPLES for name in each.named("path")}
    assert holes <= set(NOBODY), "say in matrix.py how nobody is called, in `theirs` what is theirs"


async def test_nothing_works_without_a_key(database: str, ctx: Context) -> None:
    patient = make_app(Settings(), ctx, RateLimit(burst=10_000))
    async with TestServer(patient) as server, ClientSession(server.make_url("/")) as session:
        for key in ("", FORGED):
            for each in SAMPLES:
                told = await each.ask(Caller(session, key))
                assert told.status == 401, each.name
                assert told.headers["WWW-Authenticate"].startswith("Bearer"), each.name


async def test_who_tries_keys_is_slowed_down(ctx: Context, lavka: Account) -> None:
    """And whoever has a good one behind the same address is not."""
    app = make_app(Settings(), ctx, RateLimit(per_second=0.001, burst=3))
    async with TestServer(app) as server, ClientSession(server.make_url("/")) as session:
        vera = await caller(session, ctx, lavka)
        tried = [await Caller(session, FORGED).get("/account") for _ in range(5)]
        assert [told.status for told in tried] == [401, 401, 401, 429, 429]
        assert int(tried[-1].headers["Retry-After"]) >= 1
        assert (await vera.get("/nowhere")).status == 429
        assert (await vera.get("/account")).status == 200


async def test_each_scope_opens_its_operations_alone(
    site: ClientSession, ctx: Context, lavka: Account
) -> None:
    for missing in Right:
        weak = await caller(site, ctx, lavka, RIGHTS - {missing})
        for each in SAMPLES:
            if each.scope == missing:
                told = await each.ask(weak)
                assert (told.status, told.code) == (403, "scope_missing"), each.name
                assert told.json["details"] == {"scope": missing.value}, each.name


async def test_another_account_s_ids_are_as_those_of_nobody(
    vera: Caller, duty: Caller, theirs: dict[str, str]
) -> None:
    """Of the operator, too: with the scopes that only they have there is no other account. What
    takes something away comes last."""
    for each in sorted(SAMPLES, key=lambda sample: sample.method == "DELETE"):
        if not each.named("path") or each.scope == Right.OPERATOR:
            continue
        found, nobody = await each.ask(vera, theirs), await each.ask(vera, NOBODY)
        assert found.status == 404, f"{each.name}: {found.text}"
        assert_same(each, found, nobody)
        there = await each.ask(duty, theirs)
        seen = there.status != 404 or there.code != found.code
        assert seen, f"{each.name} finds nothing at all: {there.text}"


async def test_another_account_in_the_query_is_as_nobody(
    site: ClientSession, ctx: Context, lavka: Account, vera: Caller, theirs: dict[str, str]
) -> None:
    # A key of its own for each side: there are more operations than one may ask in a second.
    gleb = await caller(site, ctx, lavka)
    for each in SAMPLES:
        if each.scope == Right.OPERATOR:
            continue
        for name in {"account", "program"} & set(each.named("query")):
            found = await each.ask(vera, theirs, **{name: theirs[name]})
            nobody = await each.ask(gleb, theirs, **{name: "nobody"})
            assert found.status == 404, f"{each.name} ?{name}= {found.text}"
            assert_same(each, found, nobody)


async def test_another_account_in_the_body_is_as_nobody(
    vera: Caller, theirs: dict[str, str]
) -> None:
    for path, body in (("/brands", brands.EXAMPLE), ("/documents", documents.ENTRY)):
        named = [{**body, "program": program} for program in (theirs["program"], "nobody")]
        found, nobody = [await vera.post(path, each) for each in named]
        assert (found.status, found.code) == (404, "program_not_found"), found.text
        assert found.but_request_id == nobody.but_request_id


def assert_same(each: Sample, one: Told, other: Told) -> None:
    assert one.but_request_id == other.but_request_id, each.name
    assert stable_headers(one) == stable_headers(other), each.name


def stable_headers(told: Told) -> dict[str, str]:
    differing = {"x-request-id", "date", "ratelimit", "transfer-encoding"}
    return {name: value for name, value in told.headers.items() if name.lower() not in differing}


async def test_head_is_answered_as_get_without_the_body(
    vera: Caller, duty: Caller, theirs: dict[str, str]
) -> None:
    """Of theirs, of what is theirs for the operator, and of nobody's."""
    for each in SAMPLES:
        if each.method != "GET":
            continue
        head = replace(each, method="HEAD")
        for asker, holes in ((vera, theirs), (duty, theirs)):
            whole, bare = await each.ask(asker, holes), await head.ask(asker, holes)
            assert (bare.status, bare.data) == (whole.status, b""), each.name
            assert stable_headers(whole) == stable_headers(bare), each.name


async def test_whatever_is_answered_is_in_the_document(
    vera: Caller, duty: Caller, theirs: dict[str, str]
) -> None:
    """The status and the code of every answer that the matrix meets."""
    declared = {each.name: each for each in OPERATIONS}
    for each in SAMPLES:
        for asker in (vera, duty):
            for holes in (theirs, NOBODY):
                told = await each.ask(asker, holes)
                assert str(told.status) in each.told["responses"], f"{each.name}: {told.text}"
                if told.status >= 400:
                    codes = set(codes_of(declared[each.name]))
                    assert (told.status, told.code) in codes, f"{each.name}: {told.text}"
