"""Lists: nothing is skipped or comes twice, whatever is added; a cursor is its account's own."""

from dataclasses import replace

import pytest

from backend.access.authenticate import authenticate
from backend.platform.context import Context
from backend.web.api.cursor import binding, sealed_cursor
from backend.web.api.queries import ListQuery
from models.account import Account
from models.api_key import ApiKey
from models.program import Program
from models.store import Store
from tests.support.caller import Caller, caller
from tests.support.factory.brands import make_account, make_program


@pytest.fixture
async def seven(lavka: Account) -> list[str]:
    keys = [f"program-{number}" for number in range(7)]
    for key in keys:
        await make_program(lavka, key)
    return keys


async def walk(vera: Caller, path: str) -> list[str]:
    found, told = list[str](), await vera.get(path)
    while True:
        assert told.status == 200, told.text
        found += [each["key"] for each in told.json["items"]]
        if "next" not in told.json:
            return found
        told = await vera.get(f"{path}&cursor={told.json['next']}")


async def test_all_of_it_in_pages(vera: Caller, seven: list[str]) -> None:
    for limit in (1, 2, 3, 7, 8):
        assert await walk(vera, f"/programs?limit={limit}") == seven


async def test_what_is_added_meanwhile_neither_skips_nor_repeats(
    vera: Caller, lavka: Account, seven: list[str]
) -> None:
    first = await vera.get("/programs?limit=3")
    await make_program(lavka, "a-first-by-name")
    rest = await vera.get(f"/programs?limit=200&cursor={first.json['next']}")
    found = [each["key"] for each in (*first.json["items"], *rest.json["items"])]
    assert found == [*seven, "a-first-by-name"]


async def test_the_newest_first_goes_on_behind_what_was_shown(vera: Caller) -> None:
    for name in "abcde":
        await vera.post("/api-keys", {"name": name, "scopes": ["keys"]})
    first = await vera.get("/api-keys?limit=2")
    await vera.post("/api-keys", {"name": "late", "scopes": ["keys"]})
    rest = await vera.get(f"/api-keys?cursor={first.json['next']}")
    found = [each["name"] for each in (*first.json["items"], *rest.json["items"])]
    assert found == ["e", "d", "c", "b", "a", "test"]


async def test_how_much_and_what_is_shown_may_change_on_the_way(
    vera: Caller, seven: list[str]
) -> None:
    first = await vera.get("/programs?limit=1")
    cursor = first.json["next"]
    rest = await vera.get(f"/programs?limit=2&fields=key&cursor={cursor}")
    assert rest.json["items"] == [{"key": seven[1]}, {"key": seven[2]}]


async def test_a_cursor_of_something_else_is_not_there(
    vera: Caller, duty: Caller, ctx: Context, seven: list[str]
) -> None:
    cursor = (await vera.get("/programs?limit=1")).json["next"]
    other = await caller(vera.session, ctx, await make_account("vasilek"))
    told = [
        await other.get(f"/programs?cursor={cursor}"),
        await duty.get(f"/programs?cursor={cursor}"),
        await vera.get(f"/programs?status=active&cursor={cursor}"),
        await vera.get(f"/brands?cursor={cursor}"),
        await vera.get("/programs?cursor=nonsense"),
        await vera.get(f"/programs?cursor={cursor[:-2]}AA"),
        await vera.get("/programs?cursor=%F0%9F%92%A9"),
    ]
    assert {(each.status, each.code) for each in told} == {(404, "cursor_not_found")}
    assert len({str(each.but_request_id) for each in told}) == 1


async def test_a_rotated_key_goes_on_where_the_old_one_was(
    vera: Caller, ctx: Context, lavka: Account, seven: list[str]
) -> None:
    cursor = (await vera.get("/programs?limit=5")).json["next"]
    second = await caller(vera.session, ctx, lavka)
    told = await second.get(f"/programs?cursor={cursor}")
    assert [each["key"] for each in told.json["items"]] == seven[5:]
    assert await ApiKey.all().count() >= 2
    assert await Program.all().count() == 7
    assert not await Store.exists()


async def test_a_cursor_of_another_program_s_list_is_not_there(
    vera: Caller, lavka: Account
) -> None:
    """It would skip whatever came there before."""
    for key in ("first", "second"):
        await make_program(lavka, key, numbers=3)
    for key in ("second", "first", "first"):
        assert (await vera.post(f"/programs/{key}/numbers/reservations", {})).status == 201
    cursor = (await vera.get("/programs/first/numbers/reservations?limit=1")).json["next"]
    told = await vera.get(f"/programs/second/numbers/reservations?cursor={cursor}")
    assert (told.status, told.code) == (404, "cursor_not_found")


async def test_a_cursor_of_the_feed_outlives_an_upgrade(
    vera: Caller, ctx: Context, lavka: Account
) -> None:
    """A CDP keeps it for weeks. What it is bound to is as it was with migration 0075."""
    holder = await authenticate(ctx, vera.key)
    assert holder is not None
    of_seven = replace(holder, key=ApiKey(account_id=7))
    kept = "865f97defd5de16a15a704b508126602"
    assert binding("/changes", {}, of_seven, ListQuery()) == kept
    cursor = sealed_cursor(ctx.vault, binding("/changes", {}, holder, ListQuery()), 0)
    assert (await vera.get(f"/changes?cursor={cursor}")).status == 200
