"""Анна follows the link of the card that «Лавка» has assigned to her; others follow it too."""

import asyncio
from datetime import timedelta

import pytest

from backend.cards.assign.end_assignment import announce_over, withdraw_assignment
from backend.cards.assign.named import Named
from backend.cards.assign.open_assignment import Next, follow_link
from backend.cards.assign.token import Purpose, nonce_in, token_of
from backend.cards.issue.application import current_application
from backend.cards.issue.apply import apply_for
from backend.cards.issue.issue_cards import issue_cards
from backend.customers.my_data.delete_data import delete_data
from backend.customers.my_data.export_data import export_data
from backend.platform.context import Context
from models.application import Application
from models.assignment import Assignment, AssignmentState, Hindrance
from models.card import Card, CardOrigin
from models.consent_record import ConsentRecord
from models.contact import Contact, ContactKind
from models.customer import Customer
from models.offer import Offer
from models.outbox import OutboxEvent
from models.pool_number import NumberStatus, PoolNumber
from models.program import Program
from models.refusal import Code, Refusal
from tests.support.clock import StoppedClock
from tests.support.factory.assigning import (
    ADDRESS,
    assigned,
    at_the_last_tap,
    claimed,
    last_tap,
    link_token,
    proven,
)
from tests.support.factory.brands import shop
from tests.support.factory.cards import issued


@pytest.fixture
async def program(database: str) -> Program:
    _, program, _ = await shop("lavka")
    return program


async def why_not(ctx: Context, customer: Customer, token: str) -> Code:
    with pytest.raises(Refusal) as wrong:
        await follow_link(ctx, customer, token)
    assert wrong.value.details == {}
    return wrong.value.code


async def hindrances() -> list[tuple[int, str]]:
    """As the brand is told of them."""
    events = await OutboxEvent.filter(kind="AssignmentHindered").order_by("id")
    return [(each.payload["assignment_id"], each.payload["hindrance"]) for each in events]


async def test_from_the_link_to_the_card(ctx: Context, program: Program) -> None:
    row = await assigned(ctx, program)
    anna = await proven(ctx, 1)
    outcome = await claimed(ctx, anna, row)
    assert outcome.new
    card = await Card.get()
    assert (card.origin, card.barcode_value) == (CardOrigin.ASSIGNED, row.barcode_value)
    assert (await PoolNumber.get(barcode_value=row.barcode_value)).status is NumberStatus.ISSUED
    assert await ConsentRecord.filter(customer_id=anna.id).count() == 3
    await row.refresh_from_db()
    await row.fetch_related("customer")
    assert (row.state, row.card_id, row.phone_index) == (AssignmentState.CLAIMED, card.id, "")
    assert Named.of(ctx, row) == Named("crm-1"), "her phone is her own"
    event = await OutboxEvent.get(kind="AssignmentClaimed")
    assert (event.payload["card_id"], event.payload["customer_id"]) == (card.id, anna.id)
    again = await follow_link(ctx, anna, link_token(ctx, row))
    assert (again.next, again.card_id) == (Next.CARD, card.id)


async def test_either_contact_that_the_brand_knows(ctx: Context, program: Program) -> None:
    row = await assigned(ctx, program, email=ADDRESS)
    token, anna = link_token(ctx, row), await proven(ctx, 1, phone="")
    opened = await follow_link(ctx, anna, token)
    assert (opened.next, opened.kinds) == (Next.PROVE, (ContactKind.PHONE, ContactKind.EMAIL))
    boris = await proven(ctx, 2, phone="+79160000000")
    assert (await follow_link(ctx, boris, token)).kinds == (ContactKind.EMAIL,)
    vera = await proven(ctx, 3, phone="+79160000001", email=ADDRESS)
    assert (await follow_link(ctx, vera, token)).next is Next.APPLY


async def test_whoever_is_not_meant_learns_nothing(ctx: Context, program: Program) -> None:
    """Not even afterwards that the card is somebody's."""
    row = await assigned(ctx, program)
    token, boris = link_token(ctx, row), await proven(ctx, 2, phone="+79160000000")
    assert await why_not(ctx, boris, token) is Code.ASSIGNMENT_NOT_YOURS
    assert await hindrances() == [], "nor does the brand learn of him"
    await claimed(ctx, await proven(ctx, 1), row)
    nobodys = await why_not(ctx, boris, token_of(ctx.vault, Purpose.CLAIM, "A" * 16))
    assert await why_not(ctx, boris, token) is nobodys is Code.ASSIGNMENT_NOT_FOUND


async def test_a_contact_that_was_not_confirmed_is_none(ctx: Context, program: Program) -> None:
    row, anna = await assigned(ctx, program), await proven(ctx, 1)
    await at_the_last_tap(ctx, anna, row)
    await Contact.all().update(verified_at=None)
    assert (await follow_link(ctx, anna, link_token(ctx, row))).next is Next.PROVE
    refusal = (await last_tap(ctx, anna)).refusal
    assert refusal is not None
    assert refusal.code is Code.ASSIGNMENT_NOT_YOURS
    assert await Card.all().count() == 0


def test_only_our_own_links_for_their_own_purpose(ctx: Context) -> None:
    claim, block = (token_of(ctx.vault, each, "A" * 16) for each in Purpose)
    assert nonce_in(ctx.vault, Purpose.CLAIM, claim) == "A" * 16
    for forged in (block, claim[:-1] + "g", claim[:-1], claim + "0", "B" + claim[1:], "", "я" * 48):
        assert nonce_in(ctx.vault, Purpose.CLAIM, forged) == ""


async def test_a_card_of_the_same_number_is_bound_at_once(ctx: Context, program: Program) -> None:
    anna = await proven(ctx, 1)
    (outcome,) = await issued(ctx, anna, [await Offer.get()])
    assert outcome.card is not None
    row = await assigned(ctx, program, number=outcome.card.barcode_value)
    opened = await follow_link(ctx, anna, link_token(ctx, row))
    assert (opened.next, opened.card_id) == (Next.CARD, outcome.card.id)
    await row.refresh_from_db()
    assert (row.state, row.card_id) == (AssignmentState.CLAIMED, outcome.card.id)
    assert await Card.all().count() == 1


async def test_a_card_has_one_id_of_the_brand_s(ctx: Context, program: Program) -> None:
    """Two were assigned the same number at once, and one was quicker."""
    first, anna = await assigned(ctx, program), await proven(ctx, 1)
    await claimed(ctx, anna, first)
    second = await assigned(ctx, program, "crm-2")
    await Assignment.filter(id=second.id).update(barcode_value=first.barcode_value)
    for _ in range(2):
        assert await why_not(ctx, anna, link_token(ctx, second)) is Code.NUMBER_TAKEN
    assert await hindrances() == [(second.id, "number_taken")]
    assert await Assignment.filter(state=AssignmentState.CLAIMED).count() == 1


async def test_a_removed_card_of_the_same_number_comes_back(ctx: Context, program: Program) -> None:
    """After the consents."""
    anna = await proven(ctx, 1)
    (outcome,) = await issued(ctx, anna, [await Offer.get()])
    assert outcome.card is not None
    await Card.all().update(removed_at=ctx.clock())
    row = await assigned(ctx, program, number=outcome.card.barcode_value)
    back = await claimed(ctx, anna, row)
    assert (back.new, back.card) == (False, outcome.card)
    assert (await Card.get()).removed_at is None
    assert (await Assignment.get()).state is AssignmentState.CLAIMED


async def test_a_card_of_another_number_stays(ctx: Context, program: Program) -> None:
    """And the brand is told why, once; later than the link, too."""
    row, anna = await assigned(ctx, program), await proven(ctx, 1)
    await at_the_last_tap(ctx, anna, row)
    own = await Card.create(
        customer_id=anna.id, program_id=program.id, printed_number="7", barcode_value="7",
        barcode_format=program.barcode_format, origin=CardOrigin.ISSUED, created_at=ctx.clock(),
    )  # fmt: skip
    refusal = (await last_tap(ctx, anna)).refusal
    assert refusal is not None
    assert (refusal.code, refusal.about) == (Code.ASSIGNMENT_OTHER_CARD, own.id)
    assert await why_not(ctx, anna, link_token(ctx, row)) is Code.ASSIGNMENT_OTHER_CARD
    await row.refresh_from_db()
    assert (row.state, row.hindrance) == (AssignmentState.WAITING, Hindrance.OTHER_CARD)
    assert await hindrances() == [(row.id, "other_card")]


async def test_whoever_follows_it_three_times_at_once_is_told_of_once(
    ctx: Context, program: Program
) -> None:
    row, anna = await assigned(ctx, program), await proven(ctx, 1)
    await Card.create(
        customer_id=anna.id, program_id=program.id, printed_number="7", barcode_value="7",
        barcode_format=program.barcode_format, origin=CardOrigin.ISSUED, created_at=ctx.clock(),
    )  # fmt: skip
    token = link_token(ctx, row)
    codes = await asyncio.gather(*(why_not(ctx, anna, token) for _ in range(3)))
    assert codes == [Code.ASSIGNMENT_OTHER_CARD] * 3
    assert await hindrances() == [(row.id, "other_card")]


async def test_a_number_that_somebody_carries_by_now(ctx: Context, program: Program) -> None:
    """Somebody else's card got it by a way that asks no pool."""
    row, anna = await assigned(ctx, program), await proven(ctx, 1)
    await at_the_last_tap(ctx, anna, row)
    boris = await proven(ctx, 2, phone="")
    await Card.create(
        customer_id=boris.id, program_id=program.id, printed_number=row.printed_number,
        barcode_value=row.barcode_value, barcode_format=program.barcode_format,
        origin=CardOrigin.DUPLICATED, created_at=ctx.clock(),
    )  # fmt: skip
    refusal = (await last_tap(ctx, anna)).refusal
    assert refusal is not None
    assert refusal.code is Code.NUMBER_TAKEN
    await row.refresh_from_db()
    assert row.hindrance is Hindrance.NUMBER_TAKEN
    assert await hindrances() == [(row.id, "number_taken")]


async def test_applying_without_the_link_is_for_another_card(
    ctx: Context, program: Program
) -> None:
    row, anna = await assigned(ctx, program), await proven(ctx, 1)
    await at_the_last_tap(ctx, anna, row)
    await apply_for(ctx, anna, [(await Offer.get()).id])
    assert (await Application.get(status="open")).assignment_id is None
    outcome = await claimed(ctx, anna, row)
    assert outcome.card is not None
    assert outcome.card.barcode_value == row.barcode_value


async def test_two_taps_at_once_are_one_card(ctx: Context, program: Program) -> None:
    row, anna = await assigned(ctx, program), await proven(ctx, 1)
    await at_the_last_tap(ctx, anna, row)
    current = await current_application(ctx, anna)
    outcomes = await asyncio.gather(*(issue_cards(ctx, anna, current) for _ in range(2)))
    cards = [outcome.card.id if outcome.card else None for (outcome,) in outcomes]
    assert cards == [(await Card.get()).id] * 2
    assert await OutboxEvent.filter(kind="AssignmentClaimed").count() == 1
    assert await OutboxEvent.filter(kind="CardIssued").count() == 1


async def test_of_two_people_whom_the_brand_named_one_gets_it(
    ctx: Context, program: Program
) -> None:
    """The phone is one's and the address the other's."""
    row = await assigned(ctx, program, email=ADDRESS)
    anna, boris = await proven(ctx, 1), await proven(ctx, 2, phone="", email=ADDRESS)
    for person in (anna, boris):
        await at_the_last_tap(ctx, person, row)
    outcomes = await asyncio.gather(last_tap(ctx, anna), last_tap(ctx, boris))
    codes = {outcome.refusal.code if outcome.refusal else None for outcome in outcomes}
    assert codes == {None, Code.ASSIGNMENT_NOT_FOUND}
    assert await Card.all().count() == 1


@pytest.mark.parametrize("ends", ["over", "withdrawn"])
async def test_claim_and_end_at_once(
    ctx: Context, clock: StoppedClock, program: Program, ends: str
) -> None:
    """The process that ends it has a clock that goes ahead of the other's: its row decides."""
    row, anna = await assigned(ctx, program), await proven(ctx, 1)
    await at_the_last_tap(ctx, anna, row)
    later = Context(lambda: clock() + timedelta(days=31), ctx.vault, ctx.wake, ctx.actor, ctx.door)
    end = announce_over(later) if ends == "over" else withdraw_assignment(ctx, row)
    outcome, _ended = await asyncio.gather(last_tap(ctx, anna), end, return_exceptions=True)
    assert not isinstance(outcome, BaseException), outcome
    kept, number = await Assignment.get(), await PoolNumber.get(barcode_value=row.barcode_value)
    states = (kept.state is AssignmentState.CLAIMED, number.status, await Card.all().count())
    if outcome.card is not None:
        assert states == (True, NumberStatus.ISSUED, 1)
    else:
        assert states == (False, NumberStatus.FREE, 0)


async def test_what_is_over_leads_nowhere(
    ctx: Context, clock: StoppedClock, program: Program
) -> None:
    row, anna = await assigned(ctx, program), await proven(ctx, 1)
    await at_the_last_tap(ctx, anna, row)
    clock.advance(days=30)
    assert await why_not(ctx, anna, link_token(ctx, row)) is Code.ASSIGNMENT_NOT_FOUND
    refusal = (await last_tap(ctx, anna)).refusal
    assert refusal is not None
    assert refusal.code is Code.ASSIGNMENT_NOT_FOUND


async def test_deleted_data_takes_along_what_brands_have_told(
    ctx: Context, program: Program
) -> None:
    """What she has claimed, and what she has not heard of yet."""
    anna = await proven(ctx, 1)
    first = await assigned(ctx, program)
    await claimed(ctx, anna, first)
    _, other, _ = await shop("vasilek")
    second = await assigned(ctx, other, "17")
    told = {name: value async for name, value in export_data(ctx, anna)}["assignments"]
    assert [(each["customer_of_the_brand"], each["state"]) for each in told] == [
        ("crm-1", "claimed"), ("17", "waiting"),
    ]  # fmt: skip
    await delete_data(ctx, anna.id)
    kept = await Assignment.get()
    assert (kept.id, kept.state, kept.phone_index) == (second.id, AssignmentState.EXPIRED, "")
    numbers = {row.barcode_value: row.status for row in await PoolNumber.all()}
    assert numbers[first.barcode_value] is NumberStatus.QUARANTINED
    assert numbers[second.barcode_value] is NumberStatus.FREE
