"""A registry of issued cards: plastic with whose it is, and what stands on cards of ours."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import orjson

from backend.brands.load_issued import number_spelled
from backend.cards.steer.block_cards import block_cards
from backend.cards.steer.change_card import check_kept
from backend.cards.steer.change_cards import Told, change_cards
from backend.jobs.layout import Bad, Row
from backend.jobs.registries.fields import LONGEST, NUMBER, too_long
from backend.partners.pool.processor import number_index
from backend.partners.registries.listed import SERVICE
from backend.platform.context import Context
from backend.platform.watch.audit import note
from catalog.looks.card_fields import ValueRefused, money
from catalog.pack.table import Columns
from catalog.questions.phone import typed_phone
from models.audit_entry import Verb
from models.brand import Brand
from models.card import CardStatus
from models.issued_plastic import IssuedPlastic, PlasticState
from models.job import Job
from models.pool_number import NumberStatus, PoolNumber
from models.program import Program
from models.refusal import Refusal

_AT_ONCE = 500
_COLUMNS = ("barcode", "phone", "email", "bonus_balance", "status")
_ON_PLASTIC = (
    f"{NUMBER}: is one of the numbers that were reserved for us: it is in quarantine",
    "numbers that are in no registry of reserved ones",
)


class Line(NamedTuple):
    """`told` is what stands on the card, if it is in somebody's pocket here."""

    line: int
    plastic: IssuedPlastic
    barcode: str
    told: Told


@dataclass(frozen=True, slots=True)
class Around:
    """`keeps_balance`: the built-in ledger does, so that nobody else tells it. `at`: the same for
    every line of a file, so that the newest list is known by it."""

    program: Program
    keeps_balance: bool
    at: datetime


class RegistryClients:
    # Phones are parsed, which takes its time.
    piece = 64 * 1024

    def columns(self, _program: Program | None, _brand: Brand | None) -> Columns:
        return Columns(required=(NUMBER,), optional=_COLUMNS, others=True)

    async def around(self, job: Job) -> Around:
        assert job.program is not None
        return Around(job.program, _keeps_balance(job.program), job.created_at)

    def read(self, ctx: Context, around: Around, rows: list[Row]) -> tuple[list[Line], list[Bad]]:
        given, bad = list[Line](), list[Bad]()
        for row in rows:
            try:
                given.append(_line(ctx, around, row))
            except ValueRefused as wrong:
                bad.append(Bad(row.line, wrong.what, wrong.expected))
        return given, bad

    async def write(self, ctx: Context, job: Job, given: list[Line]) -> list[Bad]:
        """A number that is known gets the holder of the file. Of lines about one card the last
        holds."""
        assert job.program is not None
        last = {each.plastic.number_index: each.plastic for each in given}
        rows = list(last.values())
        for start in range(0, len(rows), _AT_ONCE):
            await IssuedPlastic.bulk_create(
                rows[start : start + _AT_ONCE],
                on_conflict=["program_id", "number_index"],
                update_fields=[
                    "phone_index", "email_index", "loaded_at", "printed_index", "state", "sealed",
                ],
            )  # fmt: skip
        await change_cards(job.program, [each.told for each in given], ctx.clock())
        await block_cards(ctx, job.program, [each.told for each in given], job.lines)
        return await self._set_aside(ctx, job.program, given)

    async def _set_aside(self, ctx: Context, program: Program, given: list[Line]) -> list[Bad]:
        """A number of the pool that somebody holds already must not be given to anybody."""
        lines = {each.barcode: each.line for each in given}
        free = PoolNumber.filter(
            program_id=program.id, status=NumberStatus.FREE, barcode_value__in=list(lines)
        )
        found = [number.barcode_value for number in await free.only("barcode_value")]
        if found:
            await PoolNumber.filter(
                program_id=program.id, status=NumberStatus.FREE, barcode_value__in=found
            ).update(status=NumberStatus.QUARANTINED, reason="on plastic", changed_at=ctx.clock())
        return [Bad(lines[barcode], *_ON_PLASTIC) for barcode in found]

    async def ended(self, ctx: Context, job: Job) -> None:
        whose = job.account_id
        await note(ctx, Verb.LOAD_ISSUED, "program", job.program_id, job.done, account_id=whose)


def _keeps_balance(program: Program) -> bool:
    try:
        check_kept(program, frozenset({"balance"}))
    except Refusal:
        return True
    return False


def _line(ctx: Context, around: Around, row: Row) -> Line:
    """Raises ValueRefused."""
    number, barcode, phone, email, balance, status = row.cells
    if too_long(number, barcode) or not (number + barcode).isprintable():
        raise ValueRefused(f"{NUMBER}: is too long or unprintable", LONGEST)
    state = _state(status)
    value = barcode or number.replace(" ", "")
    known = _balance(balance) if balance and not around.keeps_balance else None
    blocked = CardStatus.BLOCKED if state is PlasticState.BLOCKED else None
    plastic = _plastic(ctx, around.program, number, value)
    plastic.phone_index = ctx.vault.blind_index("phone", _phone(phone)) if phone else ""
    plastic.email_index = ctx.vault.blind_index("email", _email(email)) if email else ""
    plastic.state, plastic.loaded_at = state, around.at
    return Line(row.line, plastic, value, Told(row.line, value, known, None, None, blocked))


def _plastic(ctx: Context, program: Program, number: str, value: str) -> IssuedPlastic:
    bare, spelled = number.replace(" ", ""), number_spelled(program, value)
    printed = "" if bare in {value, spelled} else number_index(ctx, program.id, bare)
    return IssuedPlastic(
        program_id=program.id,
        number_index=number_index(ctx, program.id, spelled),
        printed_index=printed,
        sealed=ctx.vault.seal_service(SERVICE, orjson.dumps([number, value])),
    )


def _phone(text: str) -> str:
    """With or without the plus sign. Raises ValueRefused."""
    try:
        return typed_phone(text if text.startswith("+") else f"+{text}")
    except Refusal:
        what = f"phone: of {len(text)} characters is no phone"
        raise ValueRefused(what, "digits with the country, such as 79161234567") from None


def _email(text: str) -> str:
    """Raises ValueRefused."""
    if "@" not in text or " " in text:
        raise ValueRefused("email: has no @", "such as anna@example.ru, or nothing")
    return text.lower()


def _balance(text: str) -> str:
    """Raises ValueRefused."""
    try:
        return money(text)
    except ValueRefused as wrong:
        raise ValueRefused(f"bonus_balance: {wrong.what}", wrong.expected) from None


def _state(text: str) -> PlasticState:
    """Raises ValueRefused."""
    try:
        return PlasticState(text.lower() or PlasticState.ACTIVE)
    except ValueError:
        raise ValueRefused(
            f"status: is {text[:20]!r}", "active, inactive or blocked, or nothing"
        ) from None
