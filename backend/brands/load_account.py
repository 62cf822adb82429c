"""One account of a pack, made of what changes one thing, inside the pack's transaction."""

from backend.brands.add_numbers import add_numbers
from backend.brands.keep_picture import write_picture
from backend.brands.load_brand import load_brand
from backend.brands.loading import Loading
from backend.brands.publish_document import note_document, write_document
from backend.brands.put import noted
from backend.brands.save_account import write_account
from backend.brands.save_program import refuse_real_example, write_program
from catalog.entries.document import DocumentEntry
from catalog.pack import shapes
from models.audit_entry import Verb
from models.refusal import Code, Refusal


async def load_account(loading: Loading, pack: shapes.Account) -> int:
    """Its id."""
    ctx = loading.ctx
    found = await write_account(pack.key, pack.entry, ctx.clock())
    await noted(ctx, Verb.SAVE_ACCOUNT, "account", found, found.id)
    loading.loaded["accounts"] += 1
    for document in (pack.personal_data, pack.advertising):
        await _load_document(loading, pack.key, found.id, None, document)
    made = {
        each.key: await _load_program(loading, pack.key, found.id, each) for each in pack.programs
    }
    programs = {key: program_id for key, program_id in made.items() if program_id is not None}
    for brand in pack.brands:
        if brand.entry.program in programs:
            home = f"accounts/{pack.key}/brands/{brand.key}"
            await load_brand(loading, brand, found.id, programs, home)
    return found.id


async def _load_document(
    loading: Loading, account: str, account_id: int, program_id: int | None, entry: DocumentEntry
) -> None:
    ctx = loading.ctx
    try:
        saved = await write_document(account_id, program_id, entry, ctx.clock())
        await note_document(ctx, account_id, program_id, entry, saved)
    except Refusal as refusal:
        if refusal.code is not Code.DOCUMENT_FIXED:
            raise
        purpose, version = entry.purpose.value, entry.version
        what = f"{purpose} version {version} was loaded before with another text"
        expected = f"a new version, {version + 1}"
        loading.problems.add(f"accounts/{account}", None, what, expected)


async def _load_program(
    loading: Loading, account: str, account_id: int, pack: shapes.Program
) -> int | None:
    """None when its key is another account's, its connection is not there, or its design names what
    is not."""
    ctx, file = loading.ctx, f"programs/{pack.key}/program.yaml"
    for picture in pack.pictures:
        await write_picture(picture, picture.read)
    try:
        found = await write_program(ctx, account_id, pack.key, pack.entry, only_mine=loading.own)
    except Refusal as refusal:
        _tell(loading, f"accounts/{account}/{file}", pack, refusal)
        return None
    await noted(ctx, Verb.SAVE_PROGRAM, "program", found, account_id)
    loading.loaded["programs"] += 1
    await _load_document(loading, account, account_id, found.id, pack.terms)
    if pack.numbers is not None:
        fresh = await add_numbers(found.id, pack.numbers.rows(), ctx.clock())
        loading.loaded.update(numbers=pack.numbers.count, new_numbers=fresh)
    try:
        await refuse_real_example(found.id, pack.entry)
    except Refusal as refusal:
        example = refusal.details["example"]
        what = f"the example {example!r} of {pack.key} is a number of its pool"
        loading.problems.add(file, None, what, "an invented number")
    return found.id


def _tell(loading: Loading, file: str, pack: shapes.Program, refusal: Refusal) -> None:
    """Why a program was not written. Raises what the pack has no part in."""
    if refusal.code is Code.CONNECTION_NOT_FOUND:
        what = f"names the connection {pack.entry.connection}, which the account has not"
        loading.problems.add(file, None, what, "karman partners connect first")
    elif refusal.code is Code.DESIGN_UNFIT:
        what, expected = str(refusal.details["what"]), str(refusal.details["expected"])
        loading.problems.add(file, None, what, expected)
    else:
        loading.taken(file, refusal)
