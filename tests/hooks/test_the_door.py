"""The address of a hook: nobody guesses it, what comes is bounded, and another one ends it."""

import re

import pytest

from backend.brands import save_program
from backend.hooks.open_hook import CallsNobody, close_hook, open_hook
from models.audit_entry import AuditEntry
from models.connection import Connection, ConnectionStatus
from models.hook import Hook
from models.outbox import OutboxEvent
from models.refusal import Code, Refusal
from tests.hooks.conftest import House

GIVEN = {"account": "160"}


async def test_nobody_guesses_it(house: House) -> None:
    path = await house.connected("retailcrm")
    assert re.fullmatch(r"/hooks/[0-9A-Za-z]{10}_[0-9A-Za-z]{43}", path)
    kept = await Hook.get()
    assert kept.digest not in path
    assert path[-43:] not in str(vars(kept))
    wrong = path[:-1] + ("a" if path[-1] != "a" else "b")
    for each in (wrong, "/hooks/x", f"/hooks/{kept.public_id}_", path[:-1]):
        assert (await house.call(each, GIVEN))[0] == 404
    assert (await house.call(path, GIVEN))[0] == 200
    async with house.site.get(path) as answer:
        assert answer.status == 405


async def test_another_one_ends_it_and_so_does_closing(house: House) -> None:
    first = await house.connected("retailcrm")
    connection = await Connection.get()
    second = await open_hook(house.ctx, connection)
    assert (await house.call(first, GIVEN))[0] == 404
    assert (await house.call(second, GIVEN))[0] == 200
    await Connection.all().update(status=ConnectionStatus.PAUSED)
    assert (await house.call(second, GIVEN))[0] == 404
    await Connection.all().update(status=ConnectionStatus.ACTIVE)
    assert await close_hook(house.ctx, connection)
    assert not await close_hook(house.ctx, connection)
    assert (await house.call(second, GIVEN))[0] == 404
    verbs = [entry.verb for entry in await AuditEntry.all().order_by("id")]
    assert verbs[-3:] == ["open_hook", "open_hook", "close_hook"]


async def test_who_calls_nobody_has_none(house: House) -> None:
    connection = await Connection.create(
        account=house.account, key="x", vendor="onec", sealed=b"", created_at=house.ctx.clock()
    )
    with pytest.raises(CallsNobody):
        await open_hook(house.ctx, connection)


FORM = "application/x-www-form-urlencoded"
BODIES = [
    (b"account=" + b"1" * 70_000, FORM, 413),
    (b"&".join([b"a=1"] * 500), FORM, 422),
    (b"\xff\xfe=1", FORM, 422),
    (b"{", "application/json", 422),
    (b"[" * 10_000, "application/json", 422),
    (b'{"account": {"a": [1, null, true]}}', "application/json", 200),
    (b"7", "application/json", 200),
]


async def test_no_program_is_connected_to_a_system_that_owns_no_cards(house: House) -> None:
    await house.connected("bitrix")
    await house.connected("retailcrm")
    with pytest.raises(Refusal) as refused:
        await save_program._connection(house.account.id, "bitrix")
    assert refused.value.code is Code.CONNECTION_NOT_FOUND
    assert await save_program._connection(house.account.id, "retailcrm")


async def test_what_comes_is_bounded(house: House) -> None:
    path = await house.connected("retailcrm")
    for data, kind, status in BODIES:
        async with house.site.post(path, data=data, headers={"Content-Type": kind}) as answer:
            assert answer.status == status, (data[:20], await answer.text())
    assert await OutboxEvent.all().count() == 0


async def test_whoever_calls_too_often_waits(house: House) -> None:
    path = await house.connected("retailcrm")
    seen = set()
    for _ in range(90):
        async with house.site.post(path, data={}) as answer:
            seen.add(answer.status)
            if answer.status == 429:
                assert int(answer.headers["Retry-After"]) >= 1
                break
    assert 429 in seen
