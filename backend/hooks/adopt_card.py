"""What an account's own system says of a card stands on it."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from backend.cards.steer.block_card import block_card, unblock_card
from backend.cards.steer.change_card import CardChange, change_card
from backend.cards.steer.held_card import held_card
from backend.cards.steer.numbered import NumberedCard, cards_numbered
from backend.partners.member import Balance, CardState
from backend.partners.said import FoundCard
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.tenant import Scope
from models.card import CardStatus
from models.program import Program
from models.refusal import Code, Refusal

# Of the column: what has more digits is no balance.
_MOST = Decimal("999999999999.99")
_CENT = Decimal("0.01")
_STATES = {CardState.ACTIVE: CardStatus.ACTIVE, CardState.BLOCKED: CardStatus.BLOCKED}


async def card_numbered(
    programs: Sequence[Program], number: str
) -> tuple[Program, NumberedCard] | None:
    """With or without spaces, in the first program that has it."""
    for program in programs:
        found = await cards_numbered(program.id, [number, number.replace(" ", "")])
        for place in sorted(found):
            return program, found[place]
    return None


class Overtaken(Exception):
    """A balance was written since this one was asked for: which of both is newer nobody knows."""


async def adopt_card(
    ctx: Context, programs: Sequence[Program], told: FoundCard, asked_at: datetime
) -> bool:
    """Whether there is such a card. Raises Overtaken."""
    found = await card_numbered(programs, told.number) if told.number else None
    if found is None:
        return False
    program, card = found
    try:
        if told.balance is not None:
            await _balance(ctx, program, card.id, told.balance, asked_at)
        state = _STATES.get(told.state) if told.state is not None else None
        if state is not None and state.value != card.status:
            steer = block_card if state is CardStatus.BLOCKED else unblock_card
            await steer(ctx, Scope.of([program.account_id]), card.id)
    except Refusal as refusal:
        # Its owner has left meanwhile, or the ledger here keeps the balance.
        if refusal.code not in {Code.CARD_NOT_FOUND, Code.BALANCE_KEPT}:
            raise
    return True


async def _balance(
    ctx: Context, program: Program, card_id: int, balance: Balance, asked_at: datetime
) -> None:
    available = balance.available
    if not available.is_finite() or abs(available) > _MOST:
        return
    after, scope = available.quantize(_CENT), Scope.of([program.account_id])
    named = frozenset({"balance"} if balance.tier is None else {"balance", "tier"})
    change = CardChange(named, after, (balance.tier or "")[:64])
    async with transaction():
        card = await held_card(scope, card_id)
        if card.balance_at is not None and card.balance_at > asked_at:
            raise Overtaken
        await change_card(ctx, scope, card_id, change)
    ctx.wake.set()
