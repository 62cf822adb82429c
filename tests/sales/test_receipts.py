"""Receipts by a file: each once, put right when told again, under the card they were paid with."""

from datetime import UTC, datetime
from decimal import Decimal

from backend.analytics.report import report
from backend.platform.context import Context
from backend.sales.history import count_sales, sales_of
from models.audit_entry import AuditEntry
from models.barcode_format import BarcodeFormat
from models.card import Card, CardOrigin, CardStatus
from models.job import JobForm, JobKind
from models.program import Program
from models.sale import Sale
from tests.jobs.conftest import House, wrong_lines
from tests.support.factory.customers import someone

FILE = (
    "id;card;at;amount;number;store\n"
    "R-1;4600 0001;2026-11-20T10:00:00+03:00;1540.50;№ 17;Казань, ул. Баумана\n"
    "R-2;46000001;2026-11-21T11:30:00;-40;№ 18;\n"
    "R-3;9999;2026-11-21T11:30:00;40;;\n"
    "R-4;4600 0001;21.11.2026;40;;\n"
    "R-5;4600 0001;2026-11-21T11:30:00;40,5;;\n"
    "R-1;4600 0001;2026-11-20T10:00:00+03:00;1500;№ 17;Казань, ул. Баумана\n"
)


async def card_of(ctx: Context, program: Program, number: str) -> Card:
    customer = await someone(ctx)
    return await Card.create(
        customer=customer, program=program, printed_number=number, created_at=ctx.clock(),
        barcode_value=number.replace(" ", ""), barcode_format=BarcodeFormat.CODE128,
        origin=CardOrigin.ISSUED,
    )  # fmt: skip


async def test_receipts_stand_under_the_card(house: House) -> None:
    card = await card_of(house.ctx, house.program, "4600 0001")
    job = await house.worked(JobKind.SALES, FILE)
    assert (job.done, job.bad) == (3, 3)
    assert await wrong_lines(job) == {
        4: "no card has this number",
        5: "at is '21.11.2026'",
        6: "amount is '40,5'",
    }
    returned, paid = await sales_of(card.id, 10)
    assert (paid.external_id, paid.amount, paid.number) == ("R-1", Decimal("1500.00"), "№ 17")
    assert paid.at == datetime(2026, 11, 20, 7, tzinfo=UTC)
    assert (returned.amount, returned.store) == (Decimal("-40.00"), "")
    assert returned.at == datetime(2026, 11, 21, 8, 30, tzinfo=UTC), "by the account's clock"
    assert await AuditEntry.filter(verb="record_sales").count() == 1


async def test_told_again_a_receipt_is_put_right(house: House) -> None:
    card = await card_of(house.ctx, house.program, "4600 0001")
    await house.worked(JobKind.SALES, FILE)
    line = '{"id": "R-1", "card": "46000001", "at": "2026-11-20T10:05:00Z", "amount": 1450.5}'
    job = await house.worked(JobKind.SALES, line, form=JobForm.LINES)
    assert (job.done, job.bad) == (1, 0)
    assert await count_sales(card.id) == 2
    kept = await Sale.get(external_id="R-1")
    assert (kept.amount, kept.number, kept.currency) == (Decimal("1450.50"), "", "RUB")
    day = datetime(2026, 11, 1, tzinfo=UTC).date()
    counted = {line.kind: (line.n, line.kopecks) for line in await report(day, day.replace(day=30))}
    assert counted == {"sale_recorded": (1, 150000), "sale_returned": (1, 4000)}, "each once"


async def test_a_file_blocks_cards_and_makes_them_good_again(house: House) -> None:
    first = await card_of(house.ctx, house.program, "4600 0001")
    second = await card_of(house.ctx, house.program, "4600 0002")
    await Card.filter(id=second.id).update(status=CardStatus.BLOCKED)
    text = "number;balance;state\n46000001;10;blocked\n46000002;;active\n46000002;;lost\n"
    job = await house.worked(JobKind.CARDS, text)
    assert await wrong_lines(job) == {4: "state is 'lost'"}
    assert (await Card.get(id=first.id)).status is CardStatus.BLOCKED
    assert (await Card.get(id=second.id)).status is CardStatus.ACTIVE
    assert await AuditEntry.filter(verb__in=["block_card", "unblock_card"]).count() == 2
    await house.worked(JobKind.CARDS, text)
    assert await AuditEntry.filter(verb__in=["block_card", "unblock_card"]).count() == 2
