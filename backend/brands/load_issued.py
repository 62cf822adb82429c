"""Load the list of plastic that a brand has handed out: who holds which number, unreadably."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from backend.brands.load_numbers import ProgramNotFound
from backend.partners.pool.processor import number_index
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import note
from backend.platform.watch.use_case_log import log_of
from catalog.entries.issued import IssuedEntry
from catalog.pack.issued import issued_entries
from catalog.pack.problems import Problems
from catalog.questions.phone import typed_phone
from catalog.symbologies.symbol_rules import SymbolRefused, spellings
from models.audit_entry import Verb
from models.barcode_format import BarcodeFormat
from models.issued_plastic import IssuedPlastic
from models.program import Program

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
    held = sum(1 for _ in issued_entries(path, problems))
    problems.refuse_if_any()
    found = (plastic_of(ctx, program, entry) for entry in issued_entries(path, Problems()))
    async with transaction():
        before = await IssuedPlastic.filter(program_id=program.id).count()
        await write_plastic(found)
        fresh = await IssuedPlastic.filter(program_id=program.id).count() - before
        whose = program.account_id
        await note(ctx, Verb.LOAD_ISSUED, "program", program.id, fresh, account_id=whose)
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
    for entry in issued_entries(path, problems):
        numbers.update({entry.number, number_spelled(program, entry.number)})
    problems.refuse_if_any()
    return numbers


async def write_plastic(found: Iterator[IssuedPlastic]) -> None:
    """Inside a transaction."""
    while batch := list(islice(found, _AT_ONCE)):
        # The last line about a number holds; one statement must not name a row twice.
        last = {each.number_index: each for each in batch}
        await IssuedPlastic.bulk_create(
            list(last.values()),
            on_conflict=["program_id", "number_index"],
            update_fields=["phone_index", "email_index", "loaded_at"],
        )


def plastic_of(ctx: Context, program: Program, entry: IssuedEntry) -> IssuedPlastic:
    index = ctx.vault.blind_index
    return IssuedPlastic(
        program_id=program.id,
        number_index=number_index(ctx, program.id, number_spelled(program, entry.number)),
        phone_index=index("phone", typed_phone(entry.phone)) if entry.phone else "",
        email_index=index("email", entry.email) if entry.email else "",
        loaded_at=ctx.clock(),
    )


def number_spelled(program: Program, number: str) -> str:
    """One of the spellings that a scanner may report, so that a photograph finds the row: the
    longest, and Codabar without end letters."""
    try:
        known = spellings(program.barcode_format, number)
    except SymbolRefused:
        return number
    pick = min if program.barcode_format is BarcodeFormat.CODABAR else max
    return pick(known, key=lambda text: (len(text), text))
