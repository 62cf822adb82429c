"""Cards for many customers of a brand, which wait for whoever proves the contact that it names."""

from collections.abc import Mapping
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from backend.cards.assign.assign_cards import Listed, assign_cards
from backend.cards.assign.named import Named, own_index
from backend.jobs.layout import Bad, Row
from backend.platform.context import Context
from backend.platform.watch.audit import note
from catalog.entries.assignment import AssignmentEntry
from catalog.entries.mistakes import mistakes_of
from catalog.entries.values.around import Around as Checks
from catalog.pack.table import Columns
from models.audit_entry import Verb
from models.brand import Brand
from models.job import Job
from models.program import Program
from models.refusal import Code, Refusal

_OF_WHOM = ("own_id", "phone", "email", "days")
_NUMBER = ("printed_number", "barcode_value")
_TOLD: Mapping[Code, tuple[str, str]] = {
    Code.NUMBER_TAKEN: ("the number is somebody's, or set aside", "a number that nobody has"),
    Code.POOL_EMPTY: ("the pool has no free number", "numbers of the pool, or one of your own"),
    Code.OFFER_NOT_FOUND: ("the program has no offer that people see", "a published offer"),
    Code.PROGRAM_PAUSED: ("the program is paused", "a program that gives cards"),
    Code.ISSUING_PAUSED: ("no card is given now: a backup was restored", "the same file later"),
}
_SAME = "the same as before: it stands until it is withdrawn"


class Around(NamedTuple):
    program: Program
    checks: Checks


class Assignments:
    # Some hundreds of lines: on SQLite others wait meanwhile.
    piece = 16 * 1024

    def columns(self, _program: Program | None, _brand: Brand | None) -> Columns:
        return Columns(required=_OF_WHOM[:1], optional=(*_OF_WHOM[1:], *_NUMBER))

    async def around(self, job: Job) -> Around:
        assert job.program is not None
        checks = Checks(ZoneInfo("UTC"), barcode_format=job.program.barcode_format)
        return Around(job.program, checks)

    def read(self, ctx: Context, around: Around, rows: list[Row]) -> tuple[list[Listed], list[Bad]]:
        given, bad = list[Listed](), list[Bad]()
        for line, cells in rows:
            try:
                entry = AssignmentEntry.model_validate(_said(cells), context=around.checks)
            except ValidationError as wrong:
                mistake = next(mistakes_of(AssignmentEntry, wrong, "the line"))
                bad.append(Bad(line, mistake.what, mistake.expected))
            else:
                given.append(_listed(ctx, around.program, line, entry))
        return given, bad

    async def write(self, ctx: Context, job: Job, given: list[Listed]) -> list[Bad]:
        """A line that was done before changes nothing."""
        assert job.program is not None
        refused = await assign_cards(ctx, job.program, given)
        return [Bad(line, *_told(refusal)) for line, refusal in sorted(refused.items())]

    async def ended(self, ctx: Context, job: Job) -> None:
        whose = job.account_id
        await note(ctx, Verb.ASSIGN_CARD, "program", job.program_id, job.done, account_id=whose)


def _said(cells: tuple[str, ...]) -> dict[str, Any]:
    """As the entry has it: what is empty is not given."""
    named = zip((*_OF_WHOM, *_NUMBER), cells, strict=True)
    said: dict[str, Any] = {name: text for name, text in named if text}
    number = {name: said.pop(name) for name in _NUMBER if name in said}
    return said | ({"number": number} if number else {})


def _listed(ctx: Context, program: Program, line: int, entry: AssignmentEntry) -> Listed:
    named = Named(entry.own_id, entry.phone or "", entry.email or "")
    number = entry.number
    return Listed(
        line,
        own_index(ctx.vault, program.account_id, named.own_id),
        named.indexes(ctx.vault),
        named.seal(ctx.vault),
        (number.printed_number, number.barcode_value) if number is not None else None,
        entry.days,
    )


def _told(refusal: Refusal) -> tuple[str, str]:
    """Whose line it is, is not said."""
    if refusal.code is Code.ASSIGNMENT_DIFFERS:
        return f"the customer has a card assigned with another {refusal.details['field']}", _SAME
    return _TOLD[refusal.code]
