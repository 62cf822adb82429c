"""Receipts: what was bought with cards of a program."""

from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from backend.jobs.layout import Bad, Row
from backend.platform.context import Context
from backend.platform.watch.audit import note
from backend.sales.record_sales import record_sales
from backend.sales.told_sale import ToldSale
from catalog.looks.card_fields import ValueRefused, money
from catalog.pack.table import Columns
from models.account import Account
from models.audit_entry import Verb
from models.brand import Brand
from models.job import Job
from models.program import Program
from models.sale import LONGEST_ID, SaleSource

_NO_CARD = ("no card has this number", "a number of a card of this program")
_WHEN = "a time such as 2026-11-27T15:04:05+03:00, or without the zone by the account's clock"
_LONGEST = {"id": LONGEST_ID, "card": 512, "number": 64, "store": 200}
_CURRENCY = "three capital letters such as RUB"


class Around(NamedTuple):
    """`zone`: of times that name none."""

    program: Program
    zone: ZoneInfo


class Sales:
    # Some thousands of lines: on SQLite others wait meanwhile.
    piece = 64 * 1024

    def columns(self, _program: Program | None, _brand: Brand | None) -> Columns:
        needed = ("id", "card", "at", "amount")
        return Columns(required=needed, optional=("number", "store", "currency"))

    async def around(self, job: Job) -> Around:
        assert job.program is not None
        account = await Account.get(id=job.account_id)
        return Around(job.program, ZoneInfo(account.timezone))

    def read(
        self, _ctx: Context, around: Around, rows: list[Row]
    ) -> tuple[list[ToldSale], list[Bad]]:
        given, bad = list[ToldSale](), list[Bad]()
        for line, cells in rows:
            try:
                given.append(_told(around.zone, line, cells))
            except ValueRefused as wrong:
                bad.append(Bad(line, wrong.what, wrong.expected))
        return given, bad

    async def write(self, ctx: Context, job: Job, given: list[ToldSale]) -> list[Bad]:
        """Of lines about one receipt the last holds."""
        assert job.program is not None
        unknown = await record_sales(ctx, job.program, SaleSource.RECEIPTS, given)
        return [Bad(line, *_NO_CARD) for line in unknown]

    async def ended(self, ctx: Context, job: Job) -> None:
        whose = job.account_id
        await note(ctx, Verb.RECORD_SALES, "program", job.program_id, job.done, account_id=whose)


def _told(zone: ZoneInfo, line: int, cells: tuple[str, ...]) -> ToldSale:
    """Raises ValueRefused."""
    id_, card, at, amount, number, store, currency = cells
    texts = {"id": id_, "card": card, "number": number, "store": store}
    for name, text in texts.items():
        if len(text) > _LONGEST[name] or not text.isprintable():
            expected = f"at most {_LONGEST[name]} printable characters"
            raise ValueRefused(f"{name} has {len(text)} characters", expected)
    if currency and not (len(currency) == 3 and currency.isascii() and currency.isupper()):
        raise ValueRefused(f"currency is {currency[:40]!r}", _CURRENCY)
    when, paid = _moment(at, zone), _amount(amount)
    return ToldSale(line, id_, card, when, paid, number, store, currency=currency or "RUB")


def _moment(text: str, zone: ZoneInfo) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year <= 2199:
        raise ValueRefused(f"at is {text[:40]!r}", _WHEN)
    return found if found.tzinfo is not None else found.replace(tzinfo=zone)


def _amount(text: str) -> Decimal:
    try:
        return Decimal(money(text))
    except ValueRefused as wrong:
        raise ValueRefused(f"amount {wrong.what}", wrong.expected) from None
