"""Free numbers into a program's pool."""

from collections.abc import Iterable
from typing import NamedTuple

from backend.brands.load_issued import number_spelled
from backend.cards.pool.insert_numbers import InTheWay, carried, in_the_way, insert_numbers
from backend.cards.pool.pool_level import set_level
from backend.jobs.layout import Bad, Row
from backend.partners.pool.processor import number_index
from backend.platform.context import Context
from backend.platform.watch.audit import note
from catalog.entries.number import number_mistake, value_of
from catalog.pack.table import Columns
from models.audit_entry import Verb
from models.brand import Brand
from models.issued_plastic import IssuedPlastic
from models.job import Job
from models.program import Program

_TOLD = {
    InTheWay.CARRIED: ("the number is on somebody's card", "numbers that nobody has"),
    InTheWay.ISSUED: ("the number was issued", "numbers that nobody has"),
    InTheWay.RESERVED: ("the number is reserved", "numbers that nobody waits for"),
    InTheWay.QUARANTINED: ("the number is in quarantine", "numbers that nobody may have"),
    InTheWay.ANOTHER: (
        "another number of the pool is printed or scanned like this",
        "each printed number and each barcode once",
    ),
}
_ON_PLASTIC = ("the number is on plastic that was handed out", "numbers that nobody has")


class Given(NamedTuple):
    line: int
    printed: str
    value: str


class Around(NamedTuple):
    """`listed`: the program has a list of plastic, so that numbers are compared with it."""

    program: Program
    listed: bool


class Numbers:
    # Some thousands of lines: on SQLite others wait meanwhile.
    piece = 128 * 1024

    def columns(self, _program: Program | None, _brand: Brand | None) -> Columns:
        return Columns(required=("printed_number",), optional=("barcode_value",))

    async def around(self, job: Job) -> Around:
        assert job.program is not None
        # By an index of the program's own: else PostgreSQL reads everybody's to meet one.
        plastic = IssuedPlastic.filter(program_id=job.program.id).order_by("number_index")
        return Around(job.program, bool(await plastic.limit(1).values_list("id")))

    def read(
        self, ctx: Context, around: Around, rows: list[Row]
    ) -> tuple[list[tuple[Given, str]], list[Bad]]:
        """Each number with the index by which the list of plastic would know it."""
        given, bad = list[tuple[Given, str]](), list[Bad]()
        barcode_format, listed = around.program.barcode_format, around.listed
        for line, (printed, value) in rows:
            carries = value_of(printed, value)
            wrong = number_mistake(printed, carries, barcode_format)
            if wrong:
                bad.append(Bad(line, *wrong))
            else:
                index = _index(ctx, around.program, carries) if listed else ""
                given.append((Given(line, printed, carries), index))
        return given, bad

    async def write(self, ctx: Context, job: Job, given: list[tuple[Given, str]]) -> list[Bad]:
        assert job.program_id is not None
        numbers, bad = await _without_plastic(job.program_id, given)
        taken = await carried(job.program_id, *_sides(numbers))
        bad += [_bad(numbers[place], InTheWay.CARRIED) for place in sorted(taken)]
        free = [number for place, number in enumerate(numbers) if place not in taken]
        fresh = await insert_numbers(job.program_id, *_sides(free), ctx.clock())
        if fresh < len(free):
            others = await in_the_way(job.program_id, *_sides(free))
            bad += [_bad(free[place], why) for place, why in sorted(others.items())]
        if fresh:
            await set_level(job.program_id, fresh)
        return bad

    async def ended(self, ctx: Context, job: Job) -> None:
        whose = job.account_id
        await note(ctx, Verb.LOAD_NUMBERS, "program", job.program_id, job.done, account_id=whose)
        ctx.rules.forget()


def _index(ctx: Context, program: Program, value: str) -> str:
    return number_index(ctx, program.id, number_spelled(program, value))


async def _without_plastic(
    program_id: int, given: list[tuple[Given, str]]
) -> tuple[list[Given], list[Bad]]:
    indexes = sorted({index for _, index in given if index})
    if not indexes:
        return [number for number, _ in given], []
    handed = IssuedPlastic.filter(program_id=program_id, number_index__in=indexes)
    known = {row.number_index for row in await handed.only("number_index")}
    bad = [Bad(number.line, *_ON_PLASTIC) for number, index in given if index in known]
    return [number for number, index in given if index not in known], bad


def _sides(numbers: Iterable[Given]) -> tuple[list[str], list[str]]:
    held = list(numbers)
    return [each.printed for each in held], [each.value for each in held]


def _bad(number: Given, why: InTheWay) -> Bad:
    return Bad(number.line, *_TOLD[why])
