"""A partner makes a pass: its serial becomes an assigned number that waits for whoever follows the
link, or whoever has confirmed the phone or the e-mail that was told with it."""

from dataclasses import dataclass

from tortoise.exceptions import IntegrityError

from backend.cards.assign.assign_card import Order, assign_card
from backend.cards.assign.named import Named
from backend.cards.passes.find_pass import card_with
from backend.cards.passes.stands import Stands
from backend.cards.steer.block_card import unblock_card
from backend.cards.steer.change_card import change_card
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.tenant import Scope
from models.card import Card, CardStatus
from models.facade import FacadePass
from models.program import Program
from models.refusal import Code, Refusal

# As long as an assignment may wait: OSMI's passes wait for ever.
DAYS = 365


@dataclass(frozen=True, slots=True)
class PassOrder:
    """`serial` is what people read, `carried` what the barcode carries."""

    program: Program
    template: str
    serial: str
    carried: str
    stands: Stands
    phone: str = ""
    email: str = ""


async def make_pass(ctx: Context, scope: Scope, order: PassOrder) -> FacadePass:
    """Refuses with card_exists a serial that there is, with balance_kept, and as assign_card does.
    One that was deleted is made anew; if somebody has its card, that is good again."""
    order.stands.check(order.program)
    try:
        async with transaction():
            asked = scope.facade_passes().filter(serial=order.serial)
            former = await asked.select_for_update().first()
            card = await card_with(scope, order.serial)
            if former is not None and former.ended_at is None:
                raise Refusal(Code.CARD_EXISTS)
            if card is not None:
                return await _again(ctx, scope, order, former, card)
            return await _written(ctx, order, former or FacadePass())
    except IntegrityError:
        # Somebody else was quicker.
        raise Refusal(Code.CARD_EXISTS) from None


async def _written(ctx: Context, order: PassOrder, row: FacadePass) -> FacadePass:
    named = Named(order.serial, order.phone, order.email)
    number = (order.serial, order.carried)
    assignment = await assign_card(ctx, order.program, Order(named, number, DAYS))
    row.assignment_id, row.waits = assignment.id, order.stands.kept()
    return await _saved(ctx, order, row)


async def _again(
    ctx: Context, scope: Scope, order: PassOrder, former: FacadePass | None, card: Card
) -> FacadePass:
    if former is None or card.program_id != order.program.id:
        raise Refusal(Code.CARD_EXISTS)
    if card.status is CardStatus.BLOCKED:
        await unblock_card(ctx, scope, card.id)
    await change_card(ctx, scope, card.id, order.stands.change())
    return await _saved(ctx, order, former)


async def _saved(ctx: Context, order: PassOrder, row: FacadePass) -> FacadePass:
    now = ctx.clock()
    row.account_id, row.program_id = order.program.account_id, order.program.id
    row.serial, row.template = order.serial, order.template
    row.created_at, row.changed_at, row.ended_at = now, now, None
    await row.save()
    return row
