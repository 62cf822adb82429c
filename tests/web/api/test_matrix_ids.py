"""Another account's ids in filters, cursors and bodies are as those of nobody: of every operation
that the document has, wherever it lets something be named."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession

from backend.access.authenticate import authenticate
from backend.platform.context import Context
from backend.platform.settings import Settings
from backend.web.api.cursor import binding, sealed_cursor
from backend.web.api.operations import OPERATIONS
from backend.web.run import listening
from models.account import Account
from models.card import Card
from tests.support.caller import Caller, Told, caller
from tests.web.api.holdings import holdings
from tests.web.api.matrix import NOBODY, Sample
from tests.web.api.named import (
    NAMED,
    NONE,
    OF_NO_ACCOUNT,
    SAMPLES,
    Way,
    bodies,
    content_of,
    filled,
    named,
    parts,
)

# What a filter may name of an account; and all else that may stand behind the question mark.
FILTERS = {"account", "program", "brand", "campaign", "customer"}
PERSONAL = {"own_id", "phone", "email", "number"}
PLAIN = {
    "archived", "cursor", "days", "event", "fields", "form", "kind", "language", "limit", "numbers",
    "of", "purpose", "series", "service", "since", "state", "status", "tier", "until", "verb",
    # Of one's own program, whose preview is asked for.
    "segment", "version",
}  # fmt: skip
# Lists of somebody.
SOMEBODY = {"get_messages", "get_cards"}


@pytest.fixture
async def site(database: str, ctx: Context) -> AsyncIterator[ClientSession]:
    """With room for many requests."""
    settings = Settings(listen="127.0.0.1:0", api_per_second=100_000)
    async with listening(settings, ctx) as address, ClientSession(address) as session:
        yield session


@pytest.fixture
async def theirs(database: str, ctx: Context, duty: Caller) -> dict[str, str]:
    """What «Василёк» has."""
    return await holdings(ctx, duty)


@pytest.fixture
async def mine(theirs: dict[str, str], ctx: Context, duty: Caller) -> dict[str, str]:
    """What «Рынок» has, of each the like of theirs."""
    return await holdings(ctx, duty, "rynok")


@pytest.fixture
async def gleb(site: ClientSession, ctx: Context, mine: dict[str, str]) -> Caller:
    """The engineer of «Рынок»."""
    return await caller(site, ctx, await Account.get(key=mine["account"]))


def test_whatever_names_something_is_known_here() -> None:
    known = FILTERS | PERSONAL | PLAIN
    asked = {name for each in SAMPLES for name in each.named("query")}
    assert asked == known, "say whether it names something of an account"


async def same(
    each: Sample, asker: Caller, holes: dict[str, str], one: dict[str, str], other: dict[str, str]
) -> Told:
    """What is answered to `one`, which is what is answered to `other`, but for the names."""
    found, nobody = await each.ask(asker, holes, **one), await each.ask(asker, holes, **other)
    assert found.status == nobody.status, f"{each.name} {one}: {found.text} {nobody.text}"
    assert but_names(found, one) == but_names(nobody, other), f"{each.name} {one}"
    return found


def but_names(told: Told, names: dict[str, str]) -> str:
    text = str(told.but_request_id)
    for name in sorted(names.values(), key=len, reverse=True):
        text = text.replace(name, "…")
    return text


async def test_another_account_s_ids_in_a_filter(
    gleb: Caller, duty: Caller, theirs: dict[str, str], mine: dict[str, str]
) -> None:
    asked = [(each, name) for each in SAMPLES for name in FILTERS & set(each.named("query"))]
    for each, name in asked:
        found = await same(each, gleb, mine, {name: theirs[name]}, {name: NOBODY[name]})
        # Whoever has no card here is found as whoever there is not.
        nothing = found.status == 404 or (name, found.json) == ("customer", {"items": []})
        assert nothing, f"{each.name} ?{name}: {found.text}"
        if each.method == "GET":
            whole = {"campaign": mine["campaign"]} if each.name == "get_messages" else {}
            asking = whole | {"account": mine["account"], name: mine[name]}
            there = await each.ask(duty, mine, **asking)
            assert there.status in {200, 409}, f"{each.name} ?{name} finds nothing: {there.text}"


async def test_whom_another_account_calls_so(
    gleb: Caller, duty: Caller, theirs: dict[str, str], mine: dict[str, str], ctx: Context
) -> None:
    """A number, an own id, a phone and an e-mail find nobody of another account."""
    card = await Card.get(id=theirs["card"])
    told = {"own_id": "crm-4711", "phone": "+79161234567", "email": "anna@example.ru"}
    path = f"/programs/{theirs['program']}/assignments?account={theirs['account']}"
    assert (await duty.post(path, told)).status == 200
    names = told | {"number": card.printed_number}
    none = {"own_id": "x", "phone": "+79160000000", "email": "x@example.ru", "number": "X1"}
    asked = [(each, name) for each in SAMPLES for name in PERSONAL & set(each.named("query"))]
    assert len(asked) > 7
    for each, name in asked:
        found = await same(each, gleb, mine, {name: names[name]}, {name: none[name]})
        assert (found.status, found.json) == (200, {"items": []}), each.name


async def test_another_account_s_cursor(
    gleb: Caller, vera: Caller, theirs: dict[str, str], mine: dict[str, str], ctx: Context,
    site: ClientSession,
) -> None:  # fmt: skip
    """Of the very list; it is good for whoever it was given to."""
    boris = await caller(site, ctx, await Account.get(key=theirs["account"]))
    holder = await authenticate(ctx, boris.key)
    assert holder is not None
    declared = {each.name: each for each in OPERATIONS}
    paged = [each for each in SAMPLES if "cursor" in each.named("query")]
    assert len(paged) > 25
    for each in paged:
        operation = declared[each.name]
        needed = {"customer": theirs["customer"]} if each.name in SOMEBODY else {}
        query = operation.query.model_validate(needed)
        named = {hole: theirs[hole] for hole in operation.holes}
        cursor = sealed_cursor(ctx.vault, binding(operation.path, named, holder, query), 1)
        there = await each.ask(boris, theirs, cursor=cursor, **needed)
        # Of the feed nothing is kept so long.
        assert there.status in {200, 410}, f"{each.name}: {there.text}"
        for asker, holes in ((gleb, mine), (gleb, theirs), (vera, NOBODY)):
            one, other = needed | {"cursor": cursor}, needed | {"cursor": "none"}
            found = await same(each, asker, holes, one, other)
            assert (found.status, found.code) == (404, "cursor_not_found"), each.name


def test_whatever_is_named_in_a_body_is_known_here() -> None:
    found = {
        way[-1]
        for each in SAMPLES
        for way, part in parts(content_of(each).get("schema", {}))
        if part.get("description", "").startswith(("The key of", "The id of"))
    }
    assert found <= set(NAMED) | OF_NO_ACCOUNT, "say what it names"


async def also(site: ClientSession, ctx: Context, holds: dict[str, str]) -> dict[str, str]:
    """With what stands in no path."""
    owner = await caller(site, ctx, await Account.get(key=holds["account"]))
    posted = {"key": "1", "reason": "x", "amount": "5"}
    posting = await owner.post(f"/cards/{holds['card']}/ledger/accrue", posted)
    card = await Card.get(id=holds["card"])
    return holds | {
        "number": card.printed_number,
        "whole offer": f"{holds['brand']}-welcome",
        "posting": str(posting.json["id"]),
        "product": f"{holds['account']}-own",
    }


async def test_another_account_s_ids_in_a_body(
    gleb: Caller, theirs: dict[str, str], mine: dict[str, str], ctx: Context, site: ClientSession
) -> None:
    holds, mine = await also(site, ctx, theirs), await also(site, ctx, mine)
    asked = list(bodies())
    assert len(asked) > 50
    refused = 0
    for number, (each, what, way, form) in enumerate(asked):
        told = [
            await naming(gleb, each, mine, way, filled(form, what, value), f"n{number}-{place}")
            for place, value in enumerate((holds[what], NONE[what]))
        ]
        first, second = ((one.status, one.json.get("code"), pointers(one)) for one in told)
        assert first == second, f"{each.name} {way}: {told[0].text} {told[1].text}"
        refused += first[0] in {404, 422}
    assert refused > 40, "they are looked for"


async def naming(
    who: Caller, each: Sample, mine: dict[str, str], way: Way, value: Any, key: str
) -> Told:
    """The example of the operation with this in its place, and beside it what is one's own; what
    is made has a key of its own."""
    body = dict(content_of(each)["example"])
    body |= {name: mine[name] for name in ("brand", "program") if name in body}
    body |= {"key": key} if "key" in body else {}
    body = named(body, way, value)
    path = each.path.format(**{name: mine[name] for name in each.named("path")})
    match = {"If-Match": "*"} if "If-Match" in each.named("header") else {}
    return await who.ask(each.method, path, body, headers=match)


def pointers(told: Told) -> list[str]:
    return [each.get("pointer") for each in told.json.get("errors", ())]
