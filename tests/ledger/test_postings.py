"""Anna and Boris collect points and spend them: every posting in double entry, each once."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest

from backend.customers.my_data.delete_data import delete_data
from backend.ledger.accrue import accrue
from backend.ledger.by_key import noted
from backend.ledger.capture import capture
from backend.ledger.card import cards_by_id
from backend.ledger.correct import correct
from backend.ledger.history import count_movements, movements
from backend.ledger.hold import hold
from backend.ledger.order import LedgerCard, Posted
from backend.ledger.release import release, release_over
from backend.ledger.reverse import reverse
from backend.ledger.spend import spend
from backend.ledger.verify import sums
from backend.platform.context import OPERATOR, Context
from backend.platform.database import rows
from backend.platform.door import CLI
from models.audit_entry import AuditEntry, Verb
from models.card import Card, CardStatus
from models.ledger import Book, PointLot, Posting, PostingEntry, PostingKind
from models.outbox import OutboxEvent
from models.refusal import Code, Refusal
from tests.ledger.conftest import GiveCard
from tests.support.clock import StoppedClock


async def refused(done: object) -> Code:
    with pytest.raises(Refusal) as caught:
        await done  # type: ignore[misc]
    return caught.value.code


async def assert_even(card: LedgerCard) -> None:
    """Every sum holds, and the card's row shows it."""
    wrong = {each.card_id: each.wrong() async for each in sums()}
    assert wrong == {card.id: []}


async def balance(card: LedgerCard) -> Decimal | None:
    return (await Card.get(id=card.id)).balance


async def books(posting_id: int) -> dict[Book, int]:
    found: dict[Book, int] = {}
    for entry in await PostingEntry.filter(posting_id=posting_id):
        found[entry.book] = found.get(entry.book, 0) + entry.amount
    return found


async def test_anna_collects_and_spends(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    given = await accrue(ctx, anna, 15050, "receipt-1", "Coffee")
    assert (given.available, given.new) == (15050, True)
    assert await books(given.id) == {Book.GIVEN: -15050, Book.POINTS: 15050}
    spent = await spend(ctx, anna, 10000, "receipt-2", "Cake")
    assert spent.available == 5050
    assert await books(spent.id) == {Book.POINTS: -10000, Book.SPENT: 10000}
    assert await balance(anna) == Decimal("50.50")
    await assert_even(anna)
    told = [(e.kind, e.payload["amount"], e.payload["balance"]) for e in await OutboxEvent.all()]
    assert told == [("PointsAccrued", 15050, 15050), ("PointsSpent", 10000, 5050)]


async def test_nobody_spends_what_they_have_not(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    assert await refused(spend(ctx, anna, 1, "a", "")) is Code.NOT_ENOUGH_POINTS
    await accrue(ctx, anna, 100, "b", "")
    assert await refused(spend(ctx, anna, 101, "c", "")) is Code.NOT_ENOUGH_POINTS
    assert (await spend(ctx, anna, 100, "c", "")).available == 0
    await assert_even(anna)


async def test_the_same_request_again_changes_nothing(ctx: Context, give_card: GiveCard) -> None:
    """All of it was spent: the repeat is not refused for lack of points."""
    anna = await give_card()
    await accrue(ctx, anna, 700, "in", "Tea")
    first = await spend(ctx, anna, 700, "out", "Tea")
    again = await spend(ctx, anna, 700, "out", "Tea")
    assert (again.id, again.new) == (first.id, False)
    assert not (await accrue(ctx, anna, 700, "in", "Tea")).new
    assert await refused(accrue(ctx, anna, 701, "in", "Tea")) is Code.POSTING_DIFFERS
    assert await refused(accrue(ctx, anna, 700, "out", "Tea")) is Code.POSTING_DIFFERS
    assert await Posting.all().count() == await OutboxEvent.all().count() == 2
    await assert_even(anna)


async def test_what_ends_first_is_spent_first(
    ctx: Context, clock: StoppedClock, give_card: GiveCard
) -> None:
    anna = await give_card(lot_days=10)
    await accrue(ctx, anna, 100, "first", "")
    clock.advance(days=1)
    await accrue(ctx, anna, 100, "second", "")
    await spend(ctx, anna, 150, "out", "")
    lots = await PointLot.all().order_by("id")
    assert [lot.remains for lot in lots] == [0, 50]
    assert lots[0].expires_at is not None
    assert lots[1].expires_at == lots[0].expires_at + timedelta(days=1)


async def test_what_is_set_aside_is_captured_in_part(ctx: Context, give_card: GiveCard) -> None:
    boris = await give_card()
    await accrue(ctx, boris, 1000, "in", "")
    held = await hold(ctx, boris, 800, "order-7", "Order 7")
    assert (held.available, held.held) == (200, 800)
    assert await refused(spend(ctx, boris, 201, "x", "")) is Code.NOT_ENOUGH_POINTS
    assert await refused(capture(ctx, boris, held.id, 801, "y", "")) is Code.NOT_ENOUGH_POINTS
    done = await capture(ctx, boris, held.id, 500, "order-7-paid", "Order 7")
    assert (done.amount, done.available, done.held) == (500, 500, 0)
    assert not (await capture(ctx, boris, held.id, 500, "order-7-paid", "Order 7")).new
    assert await refused(release(ctx, boris, held.id, "z", "")) is Code.POSTING_CLOSED
    assert await refused(release(ctx, boris, done.id, "z", "")) is Code.POSTING_NOT_FOUND
    await assert_even(boris)
    moved = [(each.kind, each.change) for each in await movements(boris.id, 10)]
    assert moved == [
        (PostingKind.CAPTURE, 300),
        (PostingKind.HOLD, -800),
        (PostingKind.ACCRUE, 1000),
    ]


async def test_what_is_set_aside_goes_back(
    ctx: Context, clock: StoppedClock, give_card: GiveCard
) -> None:
    """By the till, or by itself when its time is over; twice over changes nothing."""
    boris = await give_card(hold_minutes=30)
    await accrue(ctx, boris, 1000, "in", "")
    first = await hold(ctx, boris, 400, "one", "")
    await hold(ctx, boris, 600, "two", "")
    assert (await release(ctx, boris, first.id, "one-off", "")).available == 400
    assert await release_over(ctx) == 0
    clock.advance(minutes=30)
    assert [await release_over(ctx), await release_over(ctx)] == [1, 0]
    assert await balance(boris) == 10
    await assert_even(boris)


async def test_a_purchase_is_taken_back_in_parts(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    await accrue(ctx, anna, 300, "in-1", "")
    await accrue(ctx, anna, 300, "in-2", "")
    spent = await spend(ctx, anna, 500, "out", "")
    assert (await reverse(ctx, anna, spent.id, 150, "back-1", "Cup returned")).available == 250
    assert await refused(reverse(ctx, anna, spent.id, 351, "x", "")) is Code.POSTING_CLOSED
    rest = await reverse(ctx, anna, spent.id, 0, "back-2", "")
    assert (rest.amount, rest.available) == (350, 600)
    assert await refused(reverse(ctx, anna, spent.id, 0, "y", "")) is Code.POSTING_CLOSED
    assert [lot.remains for lot in await PointLot.all().order_by("id")] == [300, 300]
    assert await refused(reverse(ctx, anna, rest.id, 0, "z", "")) is Code.POSTING_NOT_FOUND
    await assert_even(anna)


async def test_a_captured_hold_is_taken_back(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    await accrue(ctx, anna, 300, "in", "")
    held = await hold(ctx, anna, 200, "order", "")
    paid = await capture(ctx, anna, held.id, 150, "paid", "")
    assert await refused(reverse(ctx, anna, held.id, 0, "x", "")) is Code.POSTING_NOT_FOUND
    assert (await reverse(ctx, anna, paid.id, 0, "back", "")).available == 300
    await assert_even(anna)


async def test_given_points_are_taken_back_as_far_as_they_are_there(
    ctx: Context, give_card: GiveCard
) -> None:
    anna = await give_card()
    wrong = await accrue(ctx, anna, 500, "wrong", "")
    await spend(ctx, anna, 400, "out", "")
    assert await refused(reverse(ctx, anna, wrong.id, 0, "back", "")) is Code.NOT_ENOUGH_POINTS
    await accrue(ctx, anna, 450, "more", "")
    assert (await reverse(ctx, anna, wrong.id, 0, "back", "")).available == 50
    await assert_even(anna)


async def test_another_cards_posting_is_not_found(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    await accrue(ctx, anna, 500, "in", "")
    assert await refused(reverse(ctx, anna, 987, 0, "x", "")) is Code.POSTING_NOT_FOUND
    assert await refused(capture(ctx, anna, 987, 0, "x", "")) is Code.POSTING_NOT_FOUND


async def test_the_operator_corrects_and_the_trail_tells_it(
    ctx: Context, give_card: GiveCard
) -> None:
    anna, operator = await give_card(), ctx.acting(OPERATOR, CLI)

    async def put_right(change: int, key: str, reason: str) -> Posted:
        done = partial(correct, operator, anna, change, key, reason)
        return await noted(operator, anna, PostingKind.CORRECT, done)

    await put_right(1000, "fix-1", "The till was off")
    await put_right(-300, "fix-2", "Too much")
    assert not (await put_right(-300, "fix-2", "Too much")).new
    assert await refused(put_right(-701, "fix-3", "")) is Code.NOT_ENOUGH_POINTS
    assert await balance(anna) == 7
    told = await AuditEntry.all().order_by("id")
    assert [(each.verb, each.amount, each.account_id) for each in told] == [
        (Verb.CORRECT_POINTS, 1000, anna.account_id),
        (Verb.CORRECT_POINTS, -300, anna.account_id),
    ]
    posting = await Posting.filter(key="fix-2").get()
    assert (posting.actor, posting.door, posting.reason) == ("operator", "cli", "Too much")
    await assert_even(anna)


async def test_a_blocked_card_takes_part_in_nothing_new(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    spent_from = await accrue(ctx, anna, 100, "in", "")
    held = await hold(ctx, anna, 50, "order", "")
    await Card.filter(id=anna.id).update(status=CardStatus.BLOCKED)
    blocked = (await cards_by_id([anna.id]))[anna.id]
    for new in (accrue, spend, hold):
        assert await refused(new(ctx, blocked, 10, "x", "")) is Code.CARD_BLOCKED
    await release(ctx, blocked, held.id, "off", "")
    assert (await reverse(ctx, blocked, spent_from.id, 0, "back", "")).available == 0
    await assert_even(anna)


async def test_whoever_deletes_their_data_leaves_no_points(
    ctx: Context, give_card: GiveCard
) -> None:
    anna = await give_card()
    await accrue(ctx, anna, 1000, "in", "Birthday cake for Anna")
    await hold(ctx, anna, 300, "order", "")
    await delete_data(ctx, anna.customer_id)
    assert await balance(anna) is None
    assert {each.reason for each in await Posting.all()} == {""}
    assert await refused(accrue(ctx, anna, 5, "late", "")) is Code.CARD_NOT_FOUND
    assert await refused(accrue(ctx, anna, 1000, "in", "")) is Code.CARD_NOT_FOUND
    await assert_even(anna)


async def test_two_same_requests_at_once_are_one(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    await accrue(ctx, anna, 1000, "in", "")
    both: list[Posted] = await asyncio.gather(*(spend(ctx, anna, 600, "out", "") for _ in range(5)))
    assert sum(each.new for each in both) == 1
    assert len({each.id for each in both}) == 1
    assert await balance(anna) == 4
    await assert_even(anna)


TAMPERED = {
    "UPDATE card_points SET available = available + 1": "10001 stand, the entries say 10000",
    "UPDATE cards SET balance = 1": "the card shows 100, the entries say 10000",
    "UPDATE point_lots SET remains = remains - 1": "the lots hold 9999, the entries say 10000",
    "UPDATE posting_entries SET amount = 9999 WHERE book = 'points'": "do not add up to nothing",
    "UPDATE card_points SET held = 5": "5 stand as held, the entries say 0",
}


@pytest.mark.parametrize("by", TAMPERED)
async def test_a_tampered_balance_is_found(ctx: Context, give_card: GiveCard, by: str) -> None:
    anna = await give_card()
    await accrue(ctx, anna, 10000, "in", "")
    await rows(by)
    (found,) = [each async for each in sums()]
    assert any(TAMPERED[by] in line for line in found.wrong()), found.wrong()


async def test_history_comes_in_pages(ctx: Context, give_card: GiveCard) -> None:
    anna = await give_card()
    for n in range(7):
        await accrue(ctx, anna, 100 + n, f"in-{n}", f"Receipt {n}")
    first = await movements(anna.id, 5)
    assert [each.reason for each in first] == [f"Receipt {n}" for n in (6, 5, 4, 3, 2)]
    assert await movements(anna.id, 5, before=first[-1].id) == await movements(anna.id, 5, 5)
    assert await count_movements(anna.id) == 7
