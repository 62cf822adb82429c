"""What stands on many cards: balance, tier, whether they are good, fields of the brand's own."""

from collections.abc import Mapping
from typing import NamedTuple

from backend.cards.steer.block_cards import block_cards
from backend.cards.steer.change_card import check_kept
from backend.cards.steer.change_cards import Told, change_cards
from backend.jobs.layout import Bad, Row
from backend.platform.context import Context
from backend.platform.watch.audit import note
from catalog.looks.card_fields import CardField, ValueRefused, card_fields_of, kept_value, money
from catalog.pack.table import Columns
from models.audit_entry import Verb
from models.brand import Brand
from models.card import CardStatus
from models.job import Job
from models.program import Program
from models.refusal import Refusal

_NO_CARD = ("no card has this number", "a number of a card of this program")
_KEPT = ("the built-in ledger keeps what stands here", "no balance and no tier")


class Around(NamedTuple):
    """`kept`: the ledger keeps balance and tiers, so that they are not told by others."""

    program: Program
    fields: tuple[CardField, ...]
    kept: Mapping[str, bool]


class Cards:
    # Some thousands of lines: on SQLite others wait meanwhile.
    piece = 128 * 1024

    def columns(self, program: Program | None, _brand: Brand | None) -> Columns:
        assert program is not None
        own = tuple(field.key for field in card_fields_of(program))
        # Where a brand has a field of that name, the column is the field's.
        state = () if "state" in own else ("state",)
        return Columns(required=("number",), optional=("balance", "tier", *own, *state))

    async def around(self, job: Job) -> Around:
        assert job.program is not None
        kept = {name: _is_kept(job.program, name) for name in ("balance", "tier")}
        return Around(job.program, card_fields_of(job.program), kept)

    def read(self, _ctx: Context, around: Around, rows: list[Row]) -> tuple[list[Told], list[Bad]]:
        given, bad = list[Told](), list[Bad]()
        for line, cells in rows:
            try:
                given.append(_told(around, line, cells))
            except ValueRefused as wrong:
                bad.append(Bad(line, wrong.what, wrong.expected))
        return given, bad

    async def write(self, ctx: Context, job: Job, given: list[Told]) -> list[Bad]:
        """Of lines about one card the last holds."""
        assert job.program is not None
        unknown = await change_cards(job.program, given, ctx.clock())
        await block_cards(ctx, job.program, given, job.lines)
        return [Bad(line, *_NO_CARD) for line in unknown]

    async def ended(self, ctx: Context, job: Job) -> None:
        whose = job.account_id
        await note(ctx, Verb.CHANGE_CARD, "program", job.program_id, job.done, account_id=whose)


def _is_kept(program: Program, name: str) -> bool:
    try:
        check_kept(program, frozenset({name}))
    except Refusal:
        return True
    return False


def _told(around: Around, line: int, cells: tuple[str, ...]) -> Told:
    """Empty cells are not told. Raises ValueRefused."""
    number, balance, tier, *own = cells
    state = own.pop() if len(own) > len(around.fields) else ""
    if (balance and around.kept["balance"]) or (tier and around.kept["tier"]):
        raise ValueRefused(*_KEPT)
    if len(tier) > 64 or not (number + tier).isprintable():
        raise ValueRefused("the tier is too long", "at most 64 printable characters")
    fields = {
        field.key: _value(field, text)
        for field, text in zip(around.fields, own, strict=True)
        if text
    }
    known = _balance(balance) if balance else None
    return Told(line, number, known, tier or None, fields or None, _state(state))


def _balance(text: str) -> str:
    try:
        return money(text)
    except ValueRefused as wrong:
        raise ValueRefused(f"balance {wrong.what}", wrong.expected) from None


def _state(text: str) -> CardStatus | None:
    try:
        return CardStatus(text) if text else None
    except ValueError:
        raise ValueRefused(f"state is {text[:40]!r}", "active or blocked") from None


def _value(field: CardField, text: str) -> str:
    try:
        return kept_value(field, text)
    except ValueRefused as wrong:
        raise ValueRefused(f"{field.key} {wrong.what}", wrong.expected) from None
