"""Enter a brand, or change it."""

from collections.abc import Collection

from backend.brands.keep_picture import check_kept
from backend.brands.keys import check_key, program_of
from backend.brands.put import Put, Saved, noted, put
from backend.brands.reference_lists import category_id
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.wallets.behind import passes_behind
from catalog.entries.brand import BrandEntry
from catalog.entries.colour import Colours
from catalog.entries.picture import LOGO
from catalog.scope import programs_of
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.brand import Brand


async def save_brand(ctx: Context, scope: Scope, key: str, entry: BrandEntry) -> Saved:
    """Of the account whose program it names. Without colours it has those of that program's card.

    Refuses with key_invalid, with key_taken when another account has it, with program_not_found,
    picture_not_found and picture_unfit.
    """
    check_key(key)
    program = await program_of(scope, entry.program)
    design = Colours(primary=program.primary_color, secondary=program.secondary_color)
    coloured = entry.model_copy(update={"colours": entry.colours or design})
    async with transaction():
        await check_kept([entry.logo] if entry.logo else [], LOGO)
        ours = {row.id for row in await programs_of(program.account_id)}
        found = await write_brand(program.id, key, coloured, among=ours)
        saved = await noted(ctx, Verb.SAVE_BRAND, "brand", found, program.account_id)
    ctx.brands.forget()
    return saved


async def write_brand(
    program_id: int, key: str, entry: BrandEntry, *, among: Collection[int] | None = None
) -> Put:
    """Inside a transaction; the entry's colours are there. `among` are the account's programs:
    refuses with key_taken a brand of any other; without it the operator's pack moves the brand."""
    assert entry.colours is not None
    values = {
        "program_id": program_id,
        "category_id": await category_id(entry.category),
        "name_ru": entry.name.ru,
        "name_en": entry.name.en,
        "about_ru": entry.about.ru if entry.about else "",
        "about_en": entry.about.en if entry.about else "",
        "website": entry.website,
        "aliases": list(entry.aliases),
        "primary_color": entry.colours.primary,
        "secondary_color": entry.colours.secondary,
        "logo_id": entry.logo,
    }
    found = await put(
        Brand, {"key": key}, values, mine=lambda row: among is None or row.program_id in among
    )
    if found.saved is Saved.CHANGED:
        await passes_behind(program_id)
    return found
