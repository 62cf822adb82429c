"""What an account's own system says of a card stands on it."""

from collections.abc import Sequence
from decimal import Decimal

from backend.cards.steer.block_card import block_card, unblock_card
from backend.cards.steer.change_card import CardChange, change_card
from backend.cards.steer.numbered import NumberedCard, cards_numbered
from backend.events import BalanceChanged
from backend.outbox.announce import announce
from backend.partners.member import Balance, CardState
from backend.partners.said import FoundCard
from backend.platform.context import Context
from backend.platform.database import transaction
from catalog.tenant import Scope
from models.card import Card, CardStatus
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


async def adopt_card(ctx: Context, programs: Sequence[Program], told: FoundCard) -> bool:
    """Whether there is such a card."""
    found = await card_numbered(programs, told.number) if told.number else None
    if found is None:
        return False
    program, card = found
    try:
        if told.balance is not None:
            await _balance(ctx, program, card.id, told.balance)
        state = _STATES.get(told.state) if told.state is not None else None
        if state is not None and state.value != card.status:
            steer = block_card if state is CardStatus.BLOCKED else unblock_card
            await steer(ctx, Scope.of([program.account_id]), card.id)
    except Refusal as refusal:
        # Its owner has left meanwhile, or the ledger here keeps the balance.
        if refusal.code not in {Code.CARD_NOT_FOUND, Code.BALANCE_KEPT}:
            raise
    return True


async def _balance(ctx: Context, program: Program, card_id: int, balance: Balance) -> None:
    available = balance.available
    if not available.is_finite() or abs(available) > _MOST:
        return
    after = available.quantize(_CENT)
    named = frozenset({"balance"} if balance.tier is None else {"balance", "tier"})
    async with transaction():
        scope = Scope.of([program.account_id])
        # For whoever hears of it; what stands is settled by the change, in the person's turn.
        before = await Card.filter(id=card_id, program_id=program.id).values_list(
            "balance", flat=True
        )
        change = CardChange(named, after, (balance.tier or "")[:64])
        card = await change_card(ctx, scope, card_id, change)
        if before and before[0] != after:
            ids = (card.id, card.customer_id, program.id, program.account_id)
            told = BalanceChanged(*ids, _text(before[0]), _text(after))
            await announce(ctx.clock(), told)
    ctx.wake.set()


def _text(amount: object) -> str:
    return "" if amount is None else f"{amount:.2f}"
