"""A version of a design is added, unless the newest one says the same."""

from collections.abc import Mapping
from typing import Any

from backend.brands.designs.around import unfit
from backend.brands.put import Put, Saved
from backend.platform.context import Context
from backend.platform.watch.audit import Change, note
from backend.wallets.behind import passes_behind
from catalog.entries.design.design import DesignEntry
from models.audit_entry import Verb
from models.card_design import CardDesign
from models.program import Program
from models.refusal import Code, Refusal

COLOURS = ("primary", "secondary")


async def write_design(
    ctx: Context, found: Put, entry: DesignEntry, *, restored: int | None = None
) -> Saved:
    """Inside the transaction that has put the program with the design's colours, and so holds its
    row. A program with nothing but colours has no versions; when it gets one, what stood before is
    kept as the first. The cards in phones are looked at anew.

    Refuses with design_unfit (what, expected) what does not fit the program, its account's
    segments or the pictures that are kept.
    """
    kept = entry.kept()
    newest = await CardDesign.filter(program_id=found.id).order_by("-number").first()
    if kept == newest.design if newest is not None else kept.keys() <= set(COLOURS):
        return Saved.SAME
    # of all: the program that was put just now
    program = await Program.get(id=found.id)
    for mistake in await unfit(program, kept):
        raise Refusal(Code.DESIGN_UNFIT, what=mistake.what, expected=mistake.expected)
    number = newest.number if newest is not None else await _kept_before(ctx, found, program)
    await _add(ctx, program, number + 1, kept, restored)
    await passes_behind(program.id)
    return Saved.MADE if newest is None else Saved.CHANGED


async def _add(
    ctx: Context, program: Program, number: int, kept: dict[str, Any], restored: int | None
) -> None:
    await CardDesign.create(
        program=program,
        number=number,
        design=kept,
        restored=restored,
        made_by=str(ctx.actor),
        made_at=ctx.clock(),
    )
    verb = Verb.SAVE_DESIGN if restored is None else Verb.RESTORE_DESIGN
    change = Change(after={"number": number, "restored": restored, "design": kept})
    await note(ctx, verb, "program", program.id, account_id=program.account_id, change=change)


async def _kept_before(ctx: Context, found: Put, program: Program) -> int:
    """The number of what stood, 0 of a program that is new itself."""
    if found.saved is Saved.MADE:
        return 0
    stood = _colours(found.change.before or {}, program)
    await CardDesign.create(program=program, number=1, design=stood, made_at=ctx.clock())
    return 1


def _colours(before: Mapping[str, Any], program: Program) -> dict[str, str]:
    columns = {name: f"{name}_color" for name in COLOURS}
    return {name: before.get(column, getattr(program, column)) for name, column in columns.items()}
