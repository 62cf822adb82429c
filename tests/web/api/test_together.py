"""What several ask at the same time goes into one transaction, and each is answered as if alone."""

import asyncio
from collections import Counter
from typing import Any

import asyncpg
import pytest
from aiohttp import ClientSession

from backend.platform.context import Context
from models.account import Account
from models.api_answer import ApiAnswer
from models.api_key import ApiKey
from models.assignment import Assignment
from models.audit_entry import AuditEntry, Verb
from models.outbox import OutboxEvent
from models.pool_number import NumberStatus, PoolNumber
from models.program import PoolLevel, Program
from tests.support.caller import Caller, Told, caller
from tests.support.database.counting import statements
from tests.support.factory.brands import PHONE, make_account, make_offer, make_program

MANY = 24
PATH = "/programs/lavka-card/assignments"


@pytest.fixture
async def program(lavka: Account) -> Program:
    program = await make_program(lavka, "lavka-card", fields=(PHONE,), numbers=MANY)
    await make_offer(program, "lavka")
    return program


def entry(name: object, **more: object) -> dict[str, object]:
    return {"own_id": f"crm-{name}", "phone": "+79161234567"} | more


async def asked(who: Caller, own_id: object, key: object, **more: object) -> Told:
    headers = {"Idempotency-Key": f"k-{key}"}
    return await who.ask("POST", PATH, entry(own_id, **more), headers=headers)


async def test_many_at_once_get_a_number_each_and_leave_all_that_one_leaves(
    vera: Caller, program: Program
) -> None:
    async with statements() as sent:
        told = await asyncio.gather(*(asked(vera, n, n) for n in range(MANY)))
    assert {each.status for each in told} == {200}
    begun = [one for one in sent if "INTO api_answers" in one]
    assert len(begun) < MANY, "they have gone together"
    assert len({each.json["number"] for each in told}) == MANY
    assert [each.json["own_id"] for each in told] == [f"crm-{n}" for n in range(MANY)]
    assert await PoolNumber.filter(status=NumberStatus.RESERVED).count() == MANY
    made = {each.json["id"] for each in told}
    assert set(await Assignment.all().values_list("id", flat=True)) == made
    events = await OutboxEvent.filter(kind="CardAssigned")
    assert Counter(each.payload["assignment_id"] for each in events) == Counter(made)
    entries = await AuditEntry.filter(verb=Verb.ASSIGN_CARD)
    assert Counter(each.subject_id for each in entries) == Counter(made)
    assert len({each.request_id for each in entries}) == MANY
    assert (await Program.get(id=program.id)).pool_level is PoolLevel.EMPTY


async def test_each_answer_is_kept(vera: Caller, program: Program) -> None:
    first = await asyncio.gather(*(asked(vera, n, n) for n in range(MANY)))
    again = await asyncio.gather(*(asked(vera, n, n) for n in range(MANY)))
    assert [each.text for each in again] == [each.text for each in first]
    assert {each.headers["Idempotency-Replayed"] for each in again} == {"true"}
    assert [each.headers["Location"] for each in again] == [e.headers["Location"] for e in first]
    assert await Assignment.all().count() == await ApiAnswer.all().count() == MANY


async def test_what_cannot_go_along_is_answered_as_if_alone(vera: Caller, program: Program) -> None:
    """The same twice, under one key and under two; another request under a key; a number that is
    named, and one that is nobody's to give."""
    stands = (await asked(vera, "old", "old")).json
    named = {"number": {"printed_number": "OWN 1"}}
    told = await asyncio.gather(
        asked(vera, 1, "a"), asked(vera, 1, "a"), asked(vera, 2, "a"), asked(vera, 1, "b"),
        asked(vera, "old", "c"), asked(vera, "old", "d", phone="+79160000000"),
        asked(vera, 3, "e", **named), asked(vera, 4, "f", **named), asked(vera, 5, "g"),
    )  # fmt: skip
    one, same, other, second, old, differs, own, taken, plain = told
    under_a = Counter(each.status for each in (one, same, other))
    assert under_a in (Counter({200: 2, 422: 1}), Counter({422: 2, 200: 1}))
    assert second.status == 200
    if one.status == 200:
        assert second.json == one.json == same.json
    assert old.json == stands
    assert (differs.status, differs.code) == (409, "assignment_differs")
    assert {own.status, taken.status} == {200, 409}
    assert plain.status == 200
    held = await Assignment.all().values_list("own_index", flat=True)
    assert len(set(held)) == len(held)


async def test_a_pool_that_is_too_small_serves_as_many_as_it_can(
    vera: Caller, program: Program
) -> None:
    told = await asyncio.gather(*(asked(vera, n, n) for n in range(MANY + 5)))
    assert Counter(each.status for each in told) == {200: MANY, 409: 5}
    refused = [(n, each) for n, each in enumerate(told) if each.status == 409]
    assert {each.code for _, each in refused} == {"pool_empty"}
    again = await asyncio.gather(*(asked(vera, n, n) for n, _ in refused))
    assert {each.headers["Idempotency-Replayed"] for each in again} == {"true"}


async def test_a_brand_that_gives_no_cards_gives_none(vera: Caller, program: Program) -> None:
    await Program.all().update(status="paused")
    told = await asyncio.gather(*(asked(vera, n, n) for n in range(8)))
    assert {(each.status, each.code) for each in told} == {(409, "program_paused")}
    assert not await Assignment.exists()


async def test_keys_and_accounts_never_meet(
    vera: Caller, site: ClientSession, ctx: Context, program: Program
) -> None:
    """Two keys of one account name one Idempotency-Key each their own; another account's finds no
    program."""
    more = await caller(site, ctx, await Account.get(key="lavka"))
    stranger = await caller(site, ctx, await make_account("another"))
    told = await asyncio.gather(*(asked(who, n, n) for n in range(5) for who in (vera, more)))
    assert {each.status for each in told} == {200}
    assert [one.json["id"] for one in told[::2]] == [one.json["id"] for one in told[1::2]]
    assert await ApiAnswer.all().count() == 10
    wrong = await asyncio.gather(asked(stranger, 1, 1), asked(vera, 99, 99))
    assert [each.status for each in wrong] == [404, 200]
    whose = {entry.actor_id for entry in await AuditEntry.filter(verb=Verb.ASSIGN_CARD)}
    assert whose <= {key.id for key in await ApiKey.filter(account_id=program.account_id)}


@pytest.mark.parametrize("engine", ["postgres"])
async def test_nobody_waits_for_a_request_that_another_process_is_at(
    vera: Caller, program: Program, database: str
) -> None:
    """Held by that process until its transaction ends: the one who asks the same waits for it."""
    other: Any = await asyncpg.connect(database)
    try:
        begun = other.transaction()
        await begun.start()
        key = await ApiKey.get(account_id=program.account_id)
        await other.execute(
            "INSERT INTO api_answers (api_key_id, idempotency_key, digest, headers, created_at)"
            " VALUES ($1, 'k-7', '', '{}', now())",
            key.id,
        )
        tasks = [asyncio.create_task(asked(vera, n, n)) for n in range(12)]
        await asyncio.wait([*tasks[:7], *tasks[8:]], timeout=30)
        assert {task for task in tasks if not task.done()} == {tasks[7]}
        assert {task.result().status for task in tasks if task.done()} == {200}
        await begun.rollback()
        assert (await tasks[7]).status == 200
    finally:
        await other.close()
    assert await Assignment.all().count() == 12
