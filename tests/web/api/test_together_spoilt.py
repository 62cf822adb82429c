"""One of several that go into one transaction is refused by the database itself: the others are
answered once, as if alone."""

import asyncio
import re
from collections import Counter

import pytest

from backend.cards.assign.named import own_index
from backend.platform.context import Context
from backend.platform.database import is_postgres, rows
from models.account import Account
from models.api_answer import ApiAnswer
from models.assignment import Assignment
from models.audit_entry import AuditEntry, Verb
from models.outbox import OutboxEvent
from models.pool_number import NumberStatus, PoolNumber
from models.program import Program
from tests.support.caller import Caller
from tests.support.database.counting import statements
from tests.support.factory.brands import PHONE, make_offer, make_program
from tests.web.api.test_together import asked

MANY, BAD = 12, 7
GOOD = [n for n in range(MANY) if n != BAD]


@pytest.fixture
async def program(lavka: Account) -> Program:
    program = await make_program(lavka, "lavka-card", fields=(PHONE,), numbers=MANY)
    await make_offer(program, "lavka")
    return program


async def spoil(ctx: Context, program: Program) -> None:
    """From now on the row of one customer is not taken."""
    index = own_index(ctx.vault, program.account_id, f"crm-{BAD}")
    spoilt = f"BEFORE INSERT ON assignments FOR EACH ROW WHEN (NEW.own_index = '{index}')"
    if not is_postgres():
        await rows(f"CREATE TRIGGER spoilt {spoilt} BEGIN SELECT RAISE(ABORT, 'no'); END")
        return
    raised = "LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$"
    await rows(f"CREATE FUNCTION spoilt() RETURNS trigger {raised}")
    await rows(f"CREATE TRIGGER spoilt {spoilt} EXECUTE FUNCTION spoilt()")


async def mend() -> None:
    await rows(f"DROP TRIGGER spoilt {'ON assignments' if is_postgres() else ''}")


async def written(*, times: int) -> None:
    """Of each there is one of everything, and of the bad one nothing."""
    made = set(await Assignment.all().values_list("id", flat=True))
    assert len(made) == times
    assert await PoolNumber.filter(status=NumberStatus.RESERVED).count() == times
    events = await OutboxEvent.filter(kind="CardAssigned")
    assert Counter(each.payload["assignment_id"] for each in events) == Counter(made)
    entries = await AuditEntry.filter(verb=Verb.ASSIGN_CARD)
    assert Counter(each.subject_id for each in entries) == Counter(made)
    assert await ApiAnswer.all().count() == times


async def test_one_row_that_the_database_refuses_spoils_no_other(
    vera: Caller, ctx: Context, program: Program
) -> None:
    await spoil(ctx, program)
    async with statements() as sent:
        told = await asyncio.gather(*(asked(vera, n, n) for n in range(MANY)))
    together = [set(re.findall(r"\bk-(\d+)", one)) for one in sent if "INTO api_answers" in one]
    assert any({str(BAD)} < each for each in together), "it has gone along with others first"
    assert [each.status for each in told] == [500 if n == BAD else 200 for n in range(MANY)]
    assert told[BAD].headers["Content-Type"] == "application/problem+json"
    assert len({told[n].json["number"] for n in GOOD}) == len(GOOD)
    assert not any("Idempotency-Replayed" in each.headers for each in told)
    await written(times=len(GOOD))

    again = await asyncio.gather(*(asked(vera, n, n) for n in range(MANY)))
    assert [again[n].text for n in GOOD] == [told[n].text for n in GOOD]
    assert {again[n].headers["Idempotency-Replayed"] for n in GOOD} == {"true"}
    assert again[BAD].status == 500, "what is no answer is not kept"
    await written(times=len(GOOD))

    await mend()
    late = await asked(vera, BAD, BAD)
    assert (late.status, late.json["own_id"]) == (200, f"crm-{BAD}")
    await written(times=MANY)
