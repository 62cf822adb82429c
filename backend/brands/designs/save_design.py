"""A program's cards look otherwise from now on."""

from backend.brands.designs.write_design import write_design
from backend.brands.keys import program_of
from backend.brands.put import Saved, noted, put
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.wallets.behind import passes_behind
from catalog.entries.design.design import DesignEntry
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.card_design import CardDesign
from models.program import Program
from models.refusal import Code, Refusal


async def save_design(
    ctx: Context, scope: Scope, key: str, entry: DesignEntry, *, restored: int | None = None
) -> Saved:
    """`restored`: the number of the version that is brought back. Refuses with program_not_found
    and design_unfit (what, expected)."""
    program = await program_of(scope, key)
    colours = {"primary_color": entry.primary, "secondary_color": entry.secondary}
    async with transaction():
        found = await put(
            Program, {"key": key}, colours, mine=lambda row: row.account_id == program.account_id
        )
        if found.saved is Saved.CHANGED:
            await passes_behind(found.id)
        saved = await write_design(ctx, found, entry, restored=restored)
        put_too = await noted(ctx, Verb.SAVE_PROGRAM, "program", found, program.account_id)
    ctx.rules.forget()
    return put_too if saved is Saved.SAME else saved


async def version_of(scope: Scope, program: Program, number: int) -> CardDesign:
    """Refuses with design_not_found."""
    found = await scope.designs().filter(program_id=program.id, number=number).first()
    if found is None:
        raise Refusal(Code.DESIGN_NOT_FOUND)
    return found
