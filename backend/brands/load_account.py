"""One account of a pack, made of what changes one thing, inside the pack's transaction."""

from collections import Counter

from backend.brands.add_numbers import add_numbers
from backend.brands.load_brand import load_brand
from backend.brands.publish_document import note_document, write_document
from backend.brands.put import noted
from backend.brands.save_account import write_account
from backend.brands.save_program import refuse_real_example, write_program
from backend.platform.context import Context
from catalog.entries.document import DocumentEntry
from catalog.pack import shapes
from catalog.pack.problems import PackProblem, PackRefused
from models.audit_entry import Verb
from models.refusal import Code, Refusal


async def load_account(ctx: Context, pack: shapes.Account, loaded: Counter[str]) -> int:
    """Its id. Raises PackRefused for what only the database can tell."""
    found = await write_account(pack.key, pack.entry, ctx.clock())
    await noted(ctx, Verb.SAVE_ACCOUNT, "account", found, found.id)
    loaded["accounts"] += 1
    for document in (pack.personal_data, pack.advertising):
        await _load_document(ctx, pack.key, found.id, None, document)
    programs = {
        each.key: await _load_program(ctx, pack.key, found.id, each, loaded)
        for each in pack.programs
    }
    for brand in pack.brands:
        await load_brand(ctx, brand, found.id, programs[brand.entry.program], loaded)
    return found.id


async def _load_document(
    ctx: Context, account: str, account_id: int, program_id: int | None, entry: DocumentEntry
) -> None:
    try:
        saved = await write_document(account_id, program_id, entry, ctx.clock())
        await note_document(ctx, account_id, program_id, entry, saved)
    except Refusal as refusal:
        if refusal.code is not Code.DOCUMENT_FIXED:
            raise
        purpose, version = entry.purpose.value, entry.version
        what = f"{purpose} version {version} was loaded before with another text"
        raise _refused(f"accounts/{account}", what, f"a new version, {version + 1}") from refusal


async def _load_program(
    ctx: Context, account: str, account_id: int, pack: shapes.Program, loaded: Counter[str]
) -> int:
    found = await write_program(ctx, account_id, pack.key, pack.entry)
    await noted(ctx, Verb.SAVE_PROGRAM, "program", found, account_id)
    program_id = found.id
    loaded["programs"] += 1
    await _load_document(ctx, account, account_id, program_id, pack.terms)
    if pack.numbers is not None:
        loaded["numbers"] += pack.numbers.count
        loaded["new_numbers"] += await add_numbers(program_id, pack.numbers.rows(), ctx.clock())
    try:
        await refuse_real_example(program_id, pack.entry)
    except Refusal as refusal:
        example = refusal.details["example"]
        what = f"the example {example!r} of {pack.key} is a number of its pool"
        file = f"programs/{pack.key}/program.yaml"
        raise _refused(file, what, "an invented number") from refusal
    return program_id


def _refused(file: str, what: str, expected: str) -> PackRefused:
    return PackRefused([PackProblem(file, None, what, expected)])
