"""«Лавка» assigns cards: each customer of hers has one, no number is set aside twice, and what
nobody comes for goes back to where it came from."""

import asyncio

import pytest

from backend.cards.assign.end_assignment import announce_over, withdraw_assignment
from backend.cards.assign.named import Named
from backend.cards.pool.pool_level import settle_levels
from backend.platform.context import Context
from models.assignment import Assignment, AssignmentState, NumberFrom
from models.audit_entry import AuditEntry
from models.card import Card
from models.offer import Offer, OfferStatus
from models.outbox import OutboxEvent
from models.pool_number import NumberStatus, PoolNumber
from models.program import Program, ProgramStatus
from models.refusal import Code, Refusal
from models.restoration import NoticedBy, Restoration
from tests.support.clock import StoppedClock
from tests.support.factory.assigning import NUMBER, assigned, claimed, proven
from tests.support.factory.brands import shop
from tests.support.factory.cards import issued

PLASTIC = "990000000001"


@pytest.fixture
async def program(database: str) -> Program:
    """With five numbers."""
    _, program, _ = await shop("lavka")
    return program


async def refused(ctx: Context, program: Program, own_id: str = "crm-1", **more: str) -> Refusal:
    with pytest.raises(Refusal) as wrong:
        await assigned(ctx, program, own_id, **more)  # type: ignore[arg-type]
    return wrong.value


async def pool(program: Program) -> dict[str, int]:
    statuses = [row.status.value for row in await PoolNumber.filter(program_id=program.id)]
    return {status: statuses.count(status) for status in set(statuses)}


async def test_a_number_of_the_pool_is_set_aside(ctx: Context, program: Program) -> None:
    row = await assigned(ctx, program)
    assert (row.state, row.number_from) == (AssignmentState.WAITING, NumberFrom.POOL)
    kept = await PoolNumber.get(program_id=program.id, barcode_value=row.barcode_value)
    assert kept.status is NumberStatus.RESERVED
    anna = await proven(ctx, 1, "")
    (outcome,) = await issued(ctx, anna, [await Offer.get()])
    assert outcome.card is not None
    assert outcome.card.barcode_value != row.barcode_value
    event = await OutboxEvent.get(kind="CardAssigned")
    told = {"assignment_id": row.id, "program_id": program.id, "account_id": program.account_id}
    assert event.payload == told


async def test_what_the_brand_told_of_the_person_is_not_readable(
    ctx: Context, program: Program
) -> None:
    row = await assigned(ctx, program, "crm-77", email="anna@example.ru")
    kept = repr(await Assignment.all().values())
    assert not [told for told in ("crm-77", "9161234567", "anna@") if told in kept]
    assert Named.of(ctx, row) == Named("crm-77", NUMBER, "anna@example.ru")


async def test_the_same_customer_of_the_brand_has_one(ctx: Context, program: Program) -> None:
    row = await assigned(ctx, program)
    assert (await assigned(ctx, program)).id == row.id
    assert (await assigned(ctx, program, number=row.barcode_value)).id == row.id
    other_number = await refused(ctx, program, number=PLASTIC)
    other_phone = await refused(ctx, program, phone="+79160000000")
    assert [other_number.code, other_phone.code] == [Code.ASSIGNMENT_DIFFERS] * 2
    assert [other_number.details["field"], other_phone.details["field"]] == ["number", "phone"]
    assert await pool(program) == {"free": 4, "reserved": 1}
    outcome = await claimed(ctx, await proven(ctx, 1), row)
    assert outcome.card is not None
    again = await assigned(ctx, program)
    assert (again.id, again.state) == (row.id, AssignmentState.CLAIMED)


async def test_two_at_once_for_one_customer_make_one(ctx: Context, program: Program) -> None:
    rows = await asyncio.gather(*(assigned(ctx, program) for _ in range(6)))
    assert len({row.id for row in rows}) == 1
    assert await pool(program) == {"free": 4, "reserved": 1}
    assert await OutboxEvent.filter(kind="CardAssigned").count() == 1


async def test_many_at_once_get_each_a_number_and_the_sixth_none(
    ctx: Context, program: Program
) -> None:
    def one(n: int) -> asyncio.Task[Assignment]:
        return asyncio.ensure_future(assigned(ctx, program, f"crm-{n}"))

    told = await asyncio.gather(*(one(n) for n in range(6)), return_exceptions=True)
    made = [each for each in told if isinstance(each, Assignment)]
    assert len({row.barcode_value for row in made}) == 5
    assert [each.code for each in told if isinstance(each, Refusal)] == [Code.POOL_EMPTY]
    await settle_levels(ctx.clock())
    assert await OutboxEvent.filter(kind="PoolRanEmpty").count() == 1


async def test_a_number_that_the_brand_gives(ctx: Context, program: Program) -> None:
    row = await assigned(ctx, program, number=PLASTIC)
    assert row.number_from is NumberFrom.GIVEN
    assert await pool(program) == {"free": 5, "reserved": 1}
    assert (await refused(ctx, program, "crm-2", number=PLASTIC)).code is Code.NUMBER_TAKEN
    pooled = await PoolNumber.filter(status=NumberStatus.FREE).order_by("-id").first()
    assert pooled is not None
    of_pool = await assigned(ctx, program, "crm-3", number=pooled.barcode_value)
    assert of_pool.number_from is NumberFrom.POOL
    issued_there = await PoolNumber.filter(status=NumberStatus.FREE).order_by("id").first()
    assert issued_there is not None
    await PoolNumber.filter(id=issued_there.id).update(status=NumberStatus.ISSUED)
    theirs = await assigned(ctx, program, "crm-5", number=issued_there.barcode_value)
    assert theirs.number_from is NumberFrom.ISSUED, "the brand gave it to somebody at its till"
    await withdraw_assignment(ctx, theirs)
    await issued_there.refresh_from_db()
    assert issued_there.status is NumberStatus.ISSUED
    await PoolNumber.filter(barcode_value=PLASTIC).update(status=NumberStatus.QUARANTINED)
    assert (await refused(ctx, program, "crm-4", number=PLASTIC)).code is Code.NUMBER_TAKEN


async def test_the_number_of_a_card_that_somebody_has(ctx: Context, program: Program) -> None:
    (outcome,) = await issued(ctx, await proven(ctx, 1), [await Offer.get()])
    assert outcome.card is not None
    number = outcome.card.barcode_value
    row = await assigned(ctx, program, number=number)
    assert row.number_from is NumberFrom.ISSUED
    assert (await refused(ctx, program, "crm-2", number=number)).code is Code.NUMBER_TAKEN
    await Assignment.filter(id=row.id).update(state=AssignmentState.CLAIMED, card_id=1)
    assert (await refused(ctx, program, "crm-2", number=number)).code is Code.NUMBER_TAKEN


async def test_a_program_that_gives_no_cards(ctx: Context, program: Program) -> None:
    await Program.all().update(status=ProgramStatus.PAUSED)
    program.status = ProgramStatus.PAUSED
    assert (await refused(ctx, program)).code is Code.PROGRAM_PAUSED
    await Program.all().update(status=ProgramStatus.ACTIVE)
    program.status = ProgramStatus.ACTIVE
    await Offer.all().update(status=OfferStatus.PAUSED)
    assert (await refused(ctx, program)).code is Code.OFFER_NOT_FOUND
    await Offer.all().update(status=OfferStatus.PUBLISHED)
    await Restoration.create(noticed_by=NoticedBy.OPERATOR, noticed_at=ctx.clock())
    assert (await refused(ctx, program)).code is Code.ISSUING_PAUSED
    assert (await refused(ctx, program, number=PLASTIC)).code is Code.ISSUING_PAUSED
    assert await pool(program) == {"free": 5}


@pytest.mark.parametrize(
    ("number", "before", "after"),
    [
        (None, {"free": 4, "reserved": 1}, {"free": 5}),
        (PLASTIC, {"free": 5, "reserved": 1}, {"free": 5}),
    ],
)
async def test_what_nobody_came_for_goes_back(
    ctx: Context,
    clock: StoppedClock,
    program: Program,
    number: str | None,
    before: dict[str, int],
    after: dict[str, int],
) -> None:
    row = await assigned(ctx, program, number=number, days=3)
    clock.advance(days=2, hours=23)
    assert await announce_over(ctx) == 0
    assert await pool(program) == before
    clock.advance(hours=1)
    assert [await announce_over(ctx), await announce_over(ctx)] == [1, 0]
    assert await pool(program) == after
    await row.refresh_from_db()
    assert (row.state, row.phone_index) == (AssignmentState.EXPIRED, "")
    assert Named.of(ctx, row) == Named("crm-1"), "of the person nothing else is kept"
    event = await OutboxEvent.get(kind="AssignmentExpired")
    assert (event.payload["assignment_id"], event.payload["reason"]) == (row.id, "expired")
    assert (await assigned(ctx, program)).id != row.id


async def test_of_a_card_that_somebody_has_nothing_goes_back(
    ctx: Context, clock: StoppedClock, program: Program
) -> None:
    (outcome,) = await issued(ctx, await proven(ctx, 1), [await Offer.get()])
    assert outcome.card is not None
    await assigned(ctx, program, number=outcome.card.barcode_value)
    before = await pool(program)
    clock.advance(days=31)
    assert await announce_over(ctx) == 1
    assert await pool(program) == before
    assert await Card.all().count() == 1


async def test_what_is_over_is_over_before_the_schedule_has_come(
    ctx: Context, clock: StoppedClock, program: Program
) -> None:
    row = await assigned(ctx, program)
    clock.advance(days=30)
    again = await assigned(ctx, program, phone="+79160000000")
    assert again.id != row.id
    await row.refresh_from_db()
    assert row.state is AssignmentState.EXPIRED
    assert await pool(program) == {"free": 4, "reserved": 1}


async def test_the_brand_takes_it_back(ctx: Context, program: Program) -> None:
    row = await assigned(ctx, program)
    await withdraw_assignment(ctx, row)
    await withdraw_assignment(ctx, row)
    assert row.state is AssignmentState.WITHDRAWN
    assert await pool(program) == {"free": 5}
    assert await OutboxEvent.filter(kind="AssignmentExpired").count() == 1
    other = await assigned(ctx, program)
    await claimed(ctx, await proven(ctx, 1), other)
    with pytest.raises(Refusal, match="assignment_claimed"):
        await withdraw_assignment(ctx, other)
    assert await AuditEntry.filter(verb="withdraw_assignment").count() <= 1


async def test_the_program_says_how_long_it_waits(ctx: Context, program: Program) -> None:
    program.assignment_days = 7
    row = await assigned(ctx, program)
    assert (row.expires_at - row.created_at).days == 7
