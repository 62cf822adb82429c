"""Load the list of plastic that a brand has handed out: who holds which number, unreadably."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from backend.brands.load_numbers import ProgramNotFound
from backend.customers.person.phone import typed_phone
from backend.partners.pool import number_index
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import note
from backend.platform.watch.use_case_log import log_of
from catalog.pack.problems import Problems
from catalog.pack.table import Columns, Row, rows
from catalog.symbologies.symbol_rules import SymbolRefused, spellings
from models.audit_entry import Verb
from models.barcode_format import BarcodeFormat
from models.issued_plastic import IssuedPlastic
from models.program import Program
from models.refusal import Refusal

_COLUMNS = Columns(required=("card_number",), optional=("phone", "email"))
_AT_ONCE = 500


async def load_issued(ctx: Context, program_key: str, path: Path) -> tuple[int, int]:
    """How many cards the file names, and how many are new; a number that is known gets the
    holder of the file. Columns card_number;phone;email, the last two may be empty.

    Raises PackRefused with every mistake of the file, and ProgramNotFound.
    """
    # of all: the operator names the program by its key
    program = await Program.get_or_none(key=program_key)
    if program is None:
        raise ProgramNotFound(program_key)
    problems = Problems()
    held = sum(
        _checked(row, path.name, problems) for row in rows(path, path.name, _COLUMNS, problems)
    )
    problems.refuse_if_any()
    found = (_plastic(ctx, program, row) for row in rows(path, path.name, _COLUMNS, Problems()))
    async with transaction():
        before = await IssuedPlastic.filter(program_id=program.id).count()
        await _write(found)
        fresh = await IssuedPlastic.filter(program_id=program.id).count() - before
        await note(ctx, Verb.LOAD_ISSUED, "program", program.id, fresh)
    log_of(ctx, __name__).info("issued plastic is loaded", program=program.key, new=fresh)
    return held, fresh


async def listed_numbers(program_key: str, path: Path) -> set[str]:
    """Every spelling of the numbers that a list in the same form names. Raises PackRefused with
    every mistake of the file, and ProgramNotFound."""
    # of all: the operator names the program by its key
    program = await Program.get_or_none(key=program_key)
    if program is None:
        raise ProgramNotFound(program_key)
    problems, numbers = Problems(), set[str]()
    for row in rows(path, path.name, _COLUMNS, problems):
        _checked(row, path.name, problems)
        number = _cells(row)[0]
        numbers.update({number, _spelled(program, number)})
    problems.refuse_if_any()
    return numbers


async def _write(found: Iterator[IssuedPlastic]) -> None:
    while batch := list(islice(found, _AT_ONCE)):
        # The last line about a number holds; one statement must not name a row twice.
        last = {each.number_index: each for each in batch}
        await IssuedPlastic.bulk_create(
            list(last.values()),
            on_conflict=["program_id", "number_index"],
            update_fields=["phone_index", "email_index", "loaded_at"],
        )


def _checked(row: Row, file: str, problems: Problems) -> int:
    number, phone, email = _cells(row)
    if not number or len(number) > 128 or not number.isprintable():
        problems.add(file, row.line, "the card number is empty or too long", "1 to 128 characters")
    if phone:
        try:
            typed_phone(phone)
        except Refusal:
            problems.add(file, row.line, f"{_masked(phone)} is no phone", "such as +79161234567")
    if email and ("@" not in email or " " in email):
        problems.add(file, row.line, "the e-mail has no @", "such as anna@example.ru, or nothing")
    return 1


def _masked(phone: str) -> str:
    """A report of mistakes is no place for people's numbers."""
    return f"the phone of {len(phone)} characters"


def _cells(row: Row) -> tuple[str, str, str]:
    number = row.cells["card_number"].replace(" ", "")
    return number, row.cells["phone"].strip(), row.cells["email"].strip().lower()


def _plastic(ctx: Context, program: Program, row: Row) -> IssuedPlastic:
    number, phone, email = _cells(row)
    return IssuedPlastic(
        program_id=program.id,
        number_index=number_index(ctx, program.id, _spelled(program, number)),
        phone_index=ctx.vault.blind_index("phone", typed_phone(phone)) if phone else "",
        email_index=ctx.vault.blind_index("email", email) if email else "",
        loaded_at=ctx.clock(),
    )


def _spelled(program: Program, number: str) -> str:
    """One of the spellings that a scanner may report, so that a photograph finds the row: the
    longest, and Codabar without end letters."""
    try:
        known = spellings(program.barcode_format, number)
    except SymbolRefused:
        return number
    pick = min if program.barcode_format is BarcodeFormat.CODABAR else max
    return pick(known, key=lambda text: (len(text), text))
