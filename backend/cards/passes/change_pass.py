"""What stands on a pass changes: on its card, or, while nobody has come, on the card to be."""

from collections.abc import Collection, Sequence
from contextlib import suppress

from backend.cards.assign.end_assignment import withdraw_assignment
from backend.cards.passes.find_pass import Pass, find_pass
from backend.cards.passes.stands import Stands
from backend.cards.steer.block_card import block_card
from backend.cards.steer.change_card import change_card
from backend.events.numbers import AssignmentClaimed
from backend.outbox.happened import Happened
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.tenant import Scope
from models.assignment import AssignmentState
from models.facade import FacadePass
from models.program import Program
from models.refusal import Code, Refusal


async def change_pass(ctx: Context, scope: Scope, serial: str, stands: Stands) -> Pass:
    """The same again changes nothing. Refuses with card_not_found and balance_kept."""
    async with transaction():
        found = await find_pass(scope, serial, held=True)
        stands.check(found.program)
        if found.card is not None:
            await change_card(ctx, scope, found.card.id, stands.change())
        elif found.row is not None:
            found.row.waits = stands.over(Stands.read(found.row.waits)).kept()
            found.row.changed_at = ctx.clock()
            await found.row.save(update_fields=["waits", "changed_at"])
        return await find_pass(scope, serial)


async def move_pass(
    ctx: Context, scope: Scope, serial: str, template: str, program: Program, tier: str
) -> Pass:
    """To another template of the same program, which may be a tier. Refuses with card_not_found,
    with program_not_found a template of another program, and with balance_kept."""
    async with transaction():
        found = await find_pass(scope, serial, held=True)
        if found.program.id != program.id:
            raise Refusal(Code.PROGRAM_NOT_FOUND)
        row = found.row or fresh_row(ctx, found)
        row.template, row.changed_at = template, ctx.clock()
        await row.save()
        return await change_pass(ctx, scope, serial, Stands(tier=tier) if tier else Stands())


async def end_pass(ctx: Context, scope: Scope, serial: str) -> None:
    """Nobody may come for it any more; a card that somebody has is blocked and stays theirs.
    Refuses with card_not_found."""
    async with transaction():
        found = await find_pass(scope, serial, held=True)
        row = found.row or fresh_row(ctx, found)
        if found.card is not None:
            await block_card(ctx, scope, found.card.id)
        elif found.assignment is not None and found.assignment.state is AssignmentState.WAITING:
            await withdraw_assignment(ctx, found.assignment)
        row.ended_at = row.changed_at = ctx.clock()
        row.waits = {}
        await row.save()


async def take_registrations(ctx: Context, scope: Scope, serials: list[str]) -> int:
    """The partner has what their owners had answered, and is not told it again; how many. What is
    not there is left out."""
    taken = 0
    async with transaction():
        for serial in serials:
            try:
                found = await find_pass(scope, serial, held=True)
            except Refusal:
                continue
            row = found.row or fresh_row(ctx, found)
            row.taken_at = row.changed_at = ctx.clock()
            await row.save()
            taken += 1
    return taken


def fresh_row(ctx: Context, found: Pass) -> FacadePass:
    """Of a card that came without the partner."""
    now = ctx.clock()
    return FacadePass(
        account_id=found.program.account_id,
        program_id=found.program.id,
        serial=found.serial,
        template=found.program.key,
        created_at=now,
        changed_at=now,
    )


async def among_passes(
    events: Sequence[AssignmentClaimed],
) -> Collection[AssignmentClaimed]:
    """Those of passes on which something is to stand."""
    named = [event.assignment_id for event in events]
    # of all: whose assignments were claimed just now
    rows = await FacadePass.filter(assignment_id__in=named or [0])
    waiting = {row.assignment_id for row in rows if row.waits}
    return [event for event in events if event.assignment_id in waiting]


async def apply_pass(ctx: Context, happened: Happened[AssignmentClaimed]) -> None:
    """AssignmentClaimed → what the partner has told meanwhile stands on the card."""
    event = happened.event
    scope = Scope.of([event.account_id])
    async with transaction():
        asked = scope.facade_passes().filter(assignment_id=event.assignment_id)
        row = await asked.select_for_update().first()
        if row is None or not row.waits:
            return
        # The person may have left meanwhile, or the ledger keep the balance by now.
        with suppress(Refusal):
            await change_card(ctx, scope, event.card_id, Stands.read(row.waits).change())
        row.waits = {}
        await row.save(update_fields=["waits"])
