"""Reserved numbers: nobody else's meanwhile, then somebody's or free again; never two people's."""

import asyncio
import signal
from collections import Counter
from datetime import timedelta

import pytest

from backend.brands.give_numbers import WINDOW, count_numbers, empty_in
from backend.cards.pool.end_reservation import (
    end_reservation,
    expire_reservations,
    forget_reservations,
)
from backend.cards.pool.leave_quarantine import leave_quarantine
from backend.cards.pool.pool_level import settle_levels
from backend.cards.pool.reserve_number import reserve_number
from backend.platform.context import OPERATOR, Context
from backend.platform.door import CLI
from models.audit_entry import AuditEntry
from models.number_reservation import NumberReservation, ReservationState
from models.outbox import OutboxEvent
from models.pool_number import NumberStatus, PoolNumber
from models.program import PoolLevel, Program
from models.refusal import Code, Refusal
from models.restoration import NoticedBy, Restoration
from tests.support.clock import StoppedClock
from tests.support.factory.brands import add_numbers, make_account, make_program
from tests.support.machine.processes import start_python

COMMITTED, RELEASED = ReservationState.COMMITTED, ReservationState.RELEASED


@pytest.fixture
async def program(database: str) -> Program:
    return await make_program(await make_account(), numbers=5)


@pytest.fixture
def ours(ctx: Context) -> Context:
    return ctx.acting(OPERATOR, CLI)


async def statuses() -> Counter[NumberStatus]:
    return Counter([number.status for number in await PoolNumber.all()])


async def test_two_at_once_get_two_numbers(ours: Context, program: Program) -> None:
    made = await asyncio.gather(
        *(reserve_number(ours, program, 30) for _ in range(9)), return_exceptions=True
    )
    got = [each for each in made if isinstance(each, NumberReservation)]
    refused = [each for each in made if isinstance(each, Refusal)]
    assert (len(got), len({each.number_id for each in got})) == (5, 5)
    assert {each.code for each in refused} == {Code.POOL_EMPTY}
    # What several at once have made true together the schedule finds.
    await settle_levels(ours.clock())
    assert (await Program.get(id=program.id)).pool_level is PoolLevel.EMPTY


async def test_committed_and_released(ours: Context, program: Program) -> None:
    first, second = [await reserve_number(ours, program, 30) for _ in range(2)]
    for _ in range(2):
        await end_reservation(ours, program, first, COMMITTED)
        await end_reservation(ours, program, second, RELEASED)
    assert await statuses() == {NumberStatus.ISSUED: 1, NumberStatus.FREE: 4}
    for row, other in ((first, RELEASED), (second, COMMITTED)):
        with pytest.raises(Refusal) as refused:
            await end_reservation(ours, program, row, other)
        assert refused.value.code is Code.RESERVATION_ENDED
    assert await statuses() == {NumberStatus.ISSUED: 1, NumberStatus.FREE: 4}
    verbs = [entry.verb for entry in await AuditEntry.all().order_by("id")]
    assert verbs == ["reserve_number"] * 2 + ["commit_number", "release_number"]


async def test_who_commits_while_another_releases(ours: Context, program: Program) -> None:
    row = await reserve_number(ours, program, 30)
    ends = [
        end_reservation(ours, program, await NumberReservation.get(id=row.id), to)
        for to in (COMMITTED, RELEASED)
    ]
    done = await asyncio.gather(*ends, return_exceptions=True)
    assert sorted(each is None for each in done) == [False, True]
    row = await NumberReservation.get(id=row.id)
    number = await PoolNumber.get(id=row.number_id)
    assert (row.state, number.status) in {
        (COMMITTED, NumberStatus.ISSUED),
        (RELEASED, NumberStatus.FREE),
    }


async def test_time_is_over(ours: Context, program: Program, clock: StoppedClock) -> None:
    rows = [await reserve_number(ours, program, 30) for _ in range(5)]
    await end_reservation(ours, program, rows[0], COMMITTED)
    assert await expire_reservations(ours) == 0
    clock.advance(minutes=30)
    with pytest.raises(Refusal) as refused:
        await end_reservation(ours, program, rows[1], COMMITTED)
    assert refused.value.code is Code.RESERVATION_ENDED
    assert [await expire_reservations(ours) for _ in range(2)] == [4, 0]
    assert await statuses() == {NumberStatus.ISSUED: 1, NumberStatus.FREE: 4}
    event = await OutboxEvent.get(kind="ReservationsExpired")
    assert event.payload["reservations"] == [row.id for row in rows[1:]]
    assert (await Program.get(id=program.id)).pool_level is PoolLevel.LOW
    clock.advance(days=1)
    assert await forget_reservations(clock()) == 5
    assert not await NumberReservation.all().count()


async def test_after_a_restored_backup_nothing_is_reserved(ours: Context, program: Program) -> None:
    await Restoration.create(noticed_by=NoticedBy.OPERATOR, noticed_at=ours.clock())
    with pytest.raises(Refusal) as refused:
        await reserve_number(ours, program, 30)
    assert refused.value.code is Code.ISSUING_PAUSED
    assert await statuses() == {NumberStatus.FREE: 5}


async def test_out_of_quarantine(ours: Context, program: Program) -> None:
    """But not what was replaced, and nothing of another program."""
    numbers = await PoolNumber.all().order_by("id")
    other = await make_program(await make_account("vasilek"), "vasilek-card", numbers=1)
    await PoolNumber.all().update(status=NumberStatus.QUARANTINED)
    await PoolNumber.filter(id=numbers[0].id).update(reason="replaced")
    await PoolNumber.filter(id=numbers[1].id).update(status=NumberStatus.ISSUED)
    theirs = await PoolNumber.get(program_id=other.id)
    named = [number.printed_number for number in numbers[:4]]
    freed = await leave_quarantine(ours, program, [*named, "nobody's"])
    assert freed == set(named[2:])
    free = {number.id for number in await PoolNumber.filter(status=NumberStatus.FREE)}
    assert free == {numbers[2].id, numbers[3].id}
    assert (await PoolNumber.get(id=theirs.id)).status is NumberStatus.QUARANTINED


async def test_when_the_pool_will_be_empty(
    ours: Context, program: Program, clock: StoppedClock
) -> None:
    assert (await count_numbers(program, clock())).empty_in_days is None
    await add_numbers(program, 95)
    for row in [await reserve_number(ours, program, 30) for _ in range(10)]:
        await end_reservation(ours, program, row, COMMITTED)
    clock.advance(days=5)
    counted = await count_numbers(program, clock())
    assert (counted.by_status["free"], counted.empty_in_days) == (90, 45)
    clock.advance(days=60)
    assert (await count_numbers(program, clock())).empty_in_days is None
    assert empty_in(1000, 1, WINDOW) is None, "nobody looks that far"
    assert empty_in(28, 28, timedelta(days=900)) == 28
    assert empty_in(0, 5, WINDOW) == 0


@pytest.mark.slow
async def test_a_killed_process_gives_no_number_twice(program: Program, database: str) -> None:
    await add_numbers(program, 500)
    for answers in (1, 40):
        asker = await start_python("tests.cards.pool.process_killed", database, program.key)
        async with asyncio.timeout(60):
            for _ in range(answers):
                await asker.stdout.readline()
        asker.kill()
        await asker.communicate()
        assert asker.returncode == -signal.SIGKILL
    rows = await NumberReservation.all()
    held = [row for row in rows if row.state is not RELEASED]
    assert len({row.number_id for row in held}) == len(held) > 20
    becomes = {ReservationState.RESERVED: NumberStatus.RESERVED, COMMITTED: NumberStatus.ISSUED}
    stands = {number.id: number.status for number in await PoolNumber.all()}
    assert {row.number_id: becomes[row.state] for row in held} == {
        number: status for number, status in stands.items() if status is not NumberStatus.FREE
    }
