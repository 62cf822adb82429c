"""A card is no longer good, or good again."""

from backend.cards.pocket.end_shares import revoke_shares
from backend.cards.steer.held_card import held_card
from backend.events.cards import CardBlocked, CardUnblocked
from backend.outbox.announce import announce
from backend.platform.context import Context
from backend.platform.database import transaction
from backend.platform.watch.audit import Change, note
from catalog.tenant import Scope
from models.audit_entry import Verb
from models.card import Card, CardStatus


async def block_card(ctx: Context, scope: Scope, card_id: int, of_many: int = 0) -> Card:
    """Nobody else may show it any more, and its owner sees that it is blocked. Again changes
    nothing. Refuses with card_not_found."""
    return await _set(ctx, scope, card_id, CardStatus.BLOCKED, of_many)


async def unblock_card(ctx: Context, scope: Scope, card_id: int, of_many: int = 0) -> Card:
    """Again changes nothing. Refuses with card_not_found."""
    return await _set(ctx, scope, card_id, CardStatus.ACTIVE, of_many)


async def _set(ctx: Context, scope: Scope, card_id: int, status: CardStatus, of_many: int) -> Card:
    blocks = status is CardStatus.BLOCKED
    async with transaction():
        card = await held_card(scope, card_id)
        if card.status is status:
            return card
        assert card.program is not None
        whose, before = card.program.account_id, card.status.value
        card.status = status
        await card.save(update_fields=["status"])
        if blocks:
            await revoke_shares(ctx.clock(), card.id)
        event = CardBlocked if blocks else CardUnblocked
        ids = (card.id, card.customer_id, card.program.id, whose)
        await announce(ctx.clock(), event(*ids, of_many))
        verb = Verb.BLOCK_CARD if blocks else Verb.UNBLOCK_CARD
        told = Change({"status": before}, {"status": status.value})
        await note(ctx, verb, "card", card.id, account_id=whose, change=told)
    ctx.wake.set()
    return card
